//! Why the gate refused a connection's bytes. For metrics and logs; the client only sees 400.

/// What was wrong with a request on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The request line is not `method SP target SP HTTP/1.x`.
    #[error("malformed request line")]
    RequestLine,
    /// A method that a gateway does not serve: CONNECT, or the preface of HTTP/2 out of place.
    #[error("method not served")]
    Method,
    /// The target has a fragment, is no path where it must be one, or is not text.
    #[error("malformed request target")]
    Target,
    /// The target's authority and the Host header name different hosts.
    #[error("target and host header differ")]
    TargetHostMismatch,
    /// A version other than HTTP/1.0 and HTTP/1.1.
    #[error("version not served")]
    Version,
    /// A line ends in LF without CR.
    #[error("line feed without carriage return")]
    BareLineFeed,
    /// More than one empty line before a request.
    #[error("empty lines before the request")]
    LeadingEmptyLines,
    /// A header line begins with white space.
    #[error("folded header line")]
    FoldedLine,
    /// A header line without a name, with a name that is no token, or with control characters.
    #[error("malformed header line")]
    HeaderLine,
    /// HTTP/1.1 without a Host header.
    #[error("no host header")]
    MissingHost,
    /// Several Host headers.
    #[error("several host headers")]
    SeveralHosts,
    /// A Host that is no `host[:port]`.
    #[error("malformed host header")]
    Host,
    /// A Content-Length that is not one plain decimal number.
    #[error("malformed content length")]
    ContentLength,
    /// Several Content-Length headers, be they equal or not.
    #[error("several content lengths")]
    SeveralContentLengths,
    /// A Transfer-Encoding other than exactly one `chunked`, or in HTTP/1.0.
    #[error("transfer encoding other than chunked")]
    TransferEncoding,
    /// Content-Length and Transfer-Encoding in one request.
    #[error("content length and transfer encoding both")]
    LengthAndEncoding,
    /// A chunk size that is not 1 to 16 hexadecimal digits, or too large.
    #[error("malformed chunk size")]
    ChunkSize,
    /// Chunk extensions over the limit or with control characters.
    #[error("chunk extension abuse")]
    ChunkExtension,
    /// Chunk data that does not end in CRLF.
    #[error("chunk does not end in a line break")]
    ChunkEnd,
    /// Trailers that are malformed, too long, or name a field that frames or routes a message.
    #[error("malformed trailers")]
    Trailers,
    /// Bytes sent behind a request to switch protocols, before its answer.
    #[error("data behind an upgrade request")]
    DataBehindUpgrade,
}

impl Refusal {
    /// A short name for the access log and as a metrics label; a closed set.
    pub fn label(self) -> &'static str {
        match self {
            Self::RequestLine => "request_line",
            Self::Method => "method",
            Self::Target => "target",
            Self::TargetHostMismatch => "target_host_mismatch",
            Self::Version => "version",
            Self::BareLineFeed => "bare_lf",
            Self::LeadingEmptyLines => "leading_empty_lines",
            Self::FoldedLine => "obs_fold",
            Self::HeaderLine => "header_line",
            Self::MissingHost => "missing_host",
            Self::SeveralHosts => "several_hosts",
            Self::Host => "host",
            Self::ContentLength => "content_length",
            Self::SeveralContentLengths => "several_content_lengths",
            Self::TransferEncoding => "transfer_encoding",
            Self::LengthAndEncoding => "length_and_encoding",
            Self::ChunkSize => "chunk_size",
            Self::ChunkExtension => "chunk_extension",
            Self::ChunkEnd => "chunk_end",
            Self::Trailers => "trailers",
            Self::DataBehindUpgrade => "data_behind_upgrade",
        }
    }
}
