//! What is dangerous, useless or said twice.
