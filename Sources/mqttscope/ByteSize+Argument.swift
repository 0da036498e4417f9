import ArgumentParser
import Explorer

extension ByteSize {
  /// Reads a size that is given as an option, or says how one is written.
  static func read(_ text: String) throws -> ByteSize {
    guard let size = ByteSize(argument: text) else {
      throw ValidationError("it is a number of bytes such as 1000000, 512KB, 64MB or 1GB.")
    }
    return size
  }
}
