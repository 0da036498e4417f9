import Payloads
import Testing

@Suite struct InputFormatTests {
  @Test(arguments: [
    "0A1bFF", "0a 1b ff", "0x0A, 0x1B,\n0xFF", "0X0a1bff", " 0A\t1B\r\nFF ", "0a,1b,ff", "0a0x1bff",
  ])
  func `hex is taken as people paste it`(text: String) throws {
    #expect(try InputFormat.hex.encode(text) == [0x0A, 0x1B, 0xFF])
  }

  @Test(arguments: [
    ("0A\n0G", "Line 2, column 2 (offset 4): \"G\" is not a hexadecimal digit; use 0-9 and a-f."),
    ("0A é", "Line 1, column 4 (offset 3): \"é\" is not a hexadecimal digit; use 0-9 and a-f."),
    ("0A 1", "Line 1, column 4 (offset 3): This digit has no partner; write two digits for each byte, such as 0A."),
    ("1 2", "Line 1, column 1 (offset 0): This digit has no partner; write two digits for each byte, such as 0A."),
    ("0x", "Line 1, column 3 (offset 2): Two hexadecimal digits were expected after 0x."),
  ])
  func `a hex error names its place and what to do`(text: String, sentence: String) {
    let error = #expect(throws: InputError.self) { try InputFormat.hex.encode(text) }
    #expect(error?.description == sentence)
  }

  @Test(arguments: [
    ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"), ("Zm9vYmE=", "fooba"),
    ("Zm9vYmFy", "foobar"), ("Zg", "f"), ("Zm8", "fo"), (" Zm9v\nYmFy ", "foobar"), ("w78_", "ÿ?"), ("w78/", "ÿ?"),
  ])
  func `Base64 decodes in either alphabet, padded or not`(text: String, decoded: String) throws {
    #expect(try InputFormat.base64.encode(text) == Array(decoded.utf8))
  }

  @Test(arguments: [
    ("Zm9v!", 4), ("Z", 1), ("Zh==", 4), ("Zg=", 3), ("=", 0), ("Zg==Zg", 4), ("Zm9v=", 4), ("Zm8==", 4),
  ])
  func `broken Base64 is refused at its place`(text: String, offset: Int) {
    let error = #expect(throws: InputError.self) { try InputFormat.base64.encode(text) }
    #expect(error?.problem.offset == offset)
  }

  @Test func `text and valid JSON go as they are`() throws {
    #expect(try InputFormat.text.encode("a\né") == Array("a\né".utf8))
    #expect(try InputFormat.json.encode(" { \"a\" : 1.00 } ") == Array(" { \"a\" : 1.00 } ".utf8))
    #expect(throws: InputError.self) { try InputFormat.json.encode("{") }
    #expect(throws: InputError.self) { try InputFormat.json.encode("") }
  }

  @Test(arguments: [
    ("21.5", 21.5), (" -3\n", -3), ("+5", 5), ("007", 7), (".5", 0.5), ("5.", 5), ("1e3", 1_000), ("1E-2", 0.01),
  ])
  func `a payload that is a decimal number has its value`(text: String, value: Double) {
    #expect(number(in: Array(text.utf8)) == value)
  }

  @Test(arguments: ["", " ", "ON", "1 2", "0x10", "nan", "inf", "1e", ".", "-", "1.2.3", "1e999", "5°", "--1", "1e5x"])
  func `anything else has none`(text: String) {
    #expect(number(in: Array(text.utf8)) == nil)
  }
}
