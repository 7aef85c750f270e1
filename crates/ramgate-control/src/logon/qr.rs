//! QR codes of MFA seeds, for authenticator apps to scan.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::{Color, EcLevel, QrCode};
use ramgate_api::{ApiError, codes};
use std::fmt::Display;

/// Pixels of a module.
const SCALE: usize = 6;
/// Modules of the white border that the standard asks for.
const BORDER: usize = 4;
/// Whom apps show as the issuer.
const ISSUER: &str = "Ramgate";

/// The address that apps read. Source: Key Uri Format of Google Authenticator.
pub(crate) fn address(device: &str, account_id: &str, base32_seed: &str) -> String {
    // Names of devices and accounts hold nothing that an address would have to escape.
    format!(
        "otpauth://totp/{ISSUER}:{device}@{account_id}?secret={base32_seed}&issuer={ISSUER}&algorithm=SHA1&digits=6&period=30"
    )
}

/// A text as a QR code: a PNG image in base64.
///
/// # Errors
/// Where the text is too long for one, which addresses are not.
pub(crate) fn png(text: &str) -> Result<String, ApiError> {
    let failed = |error: &dyn Display| codes::INTERNAL_ERROR.error().log(error);
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| failed(&error))?;
    let (n_modules, colors) = (code.width(), code.to_colors());
    let size = (n_modules + 2 * BORDER) * SCALE;
    let is_dark = |x: usize, y: usize| {
        let at = |pixel: usize| (pixel / SCALE).checked_sub(BORDER).filter(|module| *module < n_modules);
        matches!((at(x), at(y)), (Some(x), Some(y)) if colors.get(y * n_modules + x) == Some(&Color::Dark))
    };
    // One bit for each pixel, rows filled up to whole bytes.
    let row_bytes = size.div_ceil(8);
    let mut pixels = vec![0xFF_u8; row_bytes * size];
    for (y, row) in pixels.chunks_mut(row_bytes).enumerate() {
        for x in (0..size).filter(|x| is_dark(*x, y)) {
            row[x / 8] &= !(0x80 >> (x % 8));
        }
    }
    let size = u32::try_from(size).map_err(|error| failed(&error))?;
    let mut image = Vec::new();
    let mut encoder = png::Encoder::new(&mut image, size, size);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().map_err(|error| failed(&error))?;
    writer.write_image_data(&pixels).map_err(|error| failed(&error))?;
    writer.finish().map_err(|error| failed(&error))?;
    Ok(STANDARD.encode(image))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_image_shows_the_modules_of_the_code_within_a_white_border() {
        let text = address("alice", "1000000000000001", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let image = STANDARD.decode(png(&text).unwrap()).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(image)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let code = QrCode::with_error_correction_level(&text, EcLevel::M).unwrap();
        let n_modules = code.width();
        assert_eq!(info.width as usize, (n_modules + 2 * BORDER) * SCALE);
        let row_bytes = (info.width as usize).div_ceil(8);
        let dark_at = |x: usize, y: usize| pixels[y * row_bytes + x / 8] & (0x80 >> (x % 8)) == 0;
        let colors = code.to_colors();
        for y in 0..n_modules + 2 * BORDER {
            for x in 0..n_modules + 2 * BORDER {
                let inside = |n: usize| (BORDER..BORDER + n_modules).contains(&n);
                let dark = inside(x) && inside(y) && colors[(y - BORDER) * n_modules + x - BORDER] == Color::Dark;
                assert_eq!(dark_at(x * SCALE + SCALE / 2, y * SCALE + SCALE / 2), dark, "module {x}, {y}");
            }
        }
    }
}
