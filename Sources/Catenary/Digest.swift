import WasmHost

/// SHA-256 of bytes: 32 bytes.
package func sha256(_ bytes: [UInt8]) -> [UInt8] { SHA256.hash(bytes).bytes }
