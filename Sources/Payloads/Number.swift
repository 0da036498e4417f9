/// The value of a payload that is one decimal number, with or without white space around it; nil for anything else and beyond a double's range.
public func number(in bytes: [UInt8]) -> Double? {
  Double(String(decoding: bytes, as: UTF8.self))
}
