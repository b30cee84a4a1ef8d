//! Compression, and names for what is sent.

use std::io::Write;

use axum::http::HeaderValue;
use flate2::{Compression, write::GzEncoder};

use crate::digest::sha256;

/// Brotli at a quality from 0 to 11.
pub fn brotli(bytes: &[u8], quality: i32) -> Vec<u8> {
    let params =
        brotli::enc::BrotliEncoderParams { quality, lgwin: 22, size_hint: bytes.len(), ..Default::default() };
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    // Reading from and writing to memory cannot fail.
    let _ = brotli::BrotliCompress(&mut &*bytes, &mut packed, &params);
    packed
}

/// Gzip at a level from 0 to 9.
pub fn gzip(bytes: &[u8], level: u32) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), Compression::new(level));
    // Writing to memory cannot fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// A name for these bytes in whatever coding.
pub fn weak_etag(bytes: &[u8]) -> HeaderValue {
    let name = format!("W/\"{}\"", &sha256(bytes)[..20]);
    HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("W/\"\""))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Read;

    use super::*;

    pub(crate) fn unbrotli(packed: &[u8]) -> Vec<u8> {
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut &*packed, &mut plain).expect("it is brotli");
        plain
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let text = "到家门口就有".repeat(500).into_bytes();
        assert_eq!(unbrotli(&brotli(&text, 5)), text);
        let mut plain = Vec::new();
        flate2::read::GzDecoder::new(&gzip(&text, 6)[..]).read_to_end(&mut plain).expect("it is gzip");
        assert_eq!(plain, text);
    }
}
