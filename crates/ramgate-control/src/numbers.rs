//! Numeric ids: sequences kept in the store, taken in blocks so that creations do not wait for each other.

use crate::node::Node;
use crate::state::Sequence;
use ramgate_api::ApiError;
use ramgate_model::AccountId;
use std::collections::HashMap;
use tokio::sync::Mutex;

/// How many numbers a node takes at once.
const BLOCK: i64 = 64;

/// What is left of a block: the next number, and the end.
type Block = (i64, i64);

/// Blocks taken and not used up, by account and sequence.
#[derive(Default)]
pub(crate) struct Numbers {
    blocks: Mutex<HashMap<(AccountId, &'static str), Block>>,
}

impl Numbers {
    /// The next number of a sequence, counted from 1.
    pub(crate) async fn next(&self, node: &Node, account: &AccountId, name: &'static str) -> Result<i64, ApiError> {
        let mut blocks = self.blocks.lock().await;
        let block = blocks.entry((account.clone(), name)).or_default();
        if block.0 == block.1 {
            *block = take_block(node, account, name).await?;
        }
        block.0 += 1;
        Ok(block.0 - 1)
    }
}

async fn take_block(node: &Node, account: &AccountId, name: &str) -> Result<Block, ApiError> {
    let ((start, end), _) = node
        .transact(account, |tx| {
            let present = tx.account().get::<Sequence>(name).cloned();
            let start = present.as_ref().map_or(1, |row| row.next);
            let next = Sequence { name: name.to_owned(), next: start + BLOCK };
            match present {
                Some(row) => tx.update(&row, &next)?,
                None => tx.create(&next)?,
            }
            Ok((start, next.next))
        })
        .await?;
    Ok((start, end))
}
