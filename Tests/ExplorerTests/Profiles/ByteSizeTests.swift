import Testing

@testable import Explorer

@Suite struct ByteSizeTests {
  @Test(arguments: [
    ("0", 0), ("64", 64), ("64B", 64), ("1K", 1024), ("1kB", 1024), ("256MB", 268_435_456), ("256 MiB", 268_435_456),
    ("1g", 1_073_741_824),
  ])
  func `sizes are read as people write them`(text: String, bytes: Int) {
    #expect(ByteSize(argument: text)?.bytes == bytes)
  }

  @Test(arguments: ["", "MB", "-1", "1.5GB", "1T", "1MBB", "99999999999999999999", "9999999999999GB", "１２"])
  func `anything else is no size`(text: String) {
    #expect(ByteSize(argument: text) == nil)
  }

  @Test func `a size is shown in its largest whole unit`() {
    #expect("\(ByteSize(bytes: 256 << 20))" == "256MB")
    #expect("\(ByteSize(bytes: 1 << 30))" == "1GB")
    #expect("\(ByteSize(bytes: 1025))" == "1025")
  }
}
