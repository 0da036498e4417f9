import Payloads
import Testing
import TestSupport

@Suite struct JSONTextTests {
  static let valid = [
    "[]", "{}", " [ ] ", "\t{\r\n}\n", "0", "-0", "-0.0e-0", "1E+2", "123456789012345678901234567890", "0.1e1", "\"\"",
    "\"a\"", "true", "false", "null", " null ", "[1,2]", "[[],[[]]]", "{\"a\":1}", "{\"a\":1,\"a\":2}", "{\"\":[{}]}",
    #""\"\\\/\b\f\n\r\t\u0041""#, #""\uD834\uDD1E""#, #""\uD834""#, #""\u0000""#, "\"\u{7F}\"", "\"é€𝄞\"",
    "\"\u{2028}\"",
    "[1 , -2.5e3 ,\"x\" , null]", "{ \"a\" : { \"b\" : [ true , false ] } }", "\"\u{FEFF}\"", "1e9999",
  ]

  /// The text, and the offset of what is to blame.
  static let invalid: [(String, Int)] = [
    ("", 0), ("  ", 2), ("[", 1), ("{", 1), ("]", 0), ("}", 0), (",", 0), (":", 0), ("[1", 2), ("[1,", 3), ("[1,]", 3),
    ("[,1]", 1), ("[1,,2]", 3), ("[1 2]", 3), ("[1}", 2), ("{]", 1), ("{\"a\"}", 4), ("{\"a\":}", 5), ("{\"a\" 1}", 5),
    ("{\"a\":1,}", 7), ("{,}", 1), ("{1:2}", 1), ("{a:1}", 1), ("{\"a\":1 \"b\":2}", 7), ("{\"a\":1]", 6), ("[] []", 3),
    ("[]x", 2), ("1 2", 2), ("01", 0), ("-", 1), ("-01", 1), ("1.", 2), (".5", 0), ("1.e3", 2), ("1e", 2), ("1e+", 3),
    ("+1", 0), ("0x10", 1), ("1_000", 1), ("tru", 0), ("True", 0), ("nullx", 0), ("NaN", 0), ("-Infinity", 1),
    ("'a'", 0), ("\"", 0), ("\"abc", 0), ("\"\\\"", 0), ("\"\\x41\"", 1), ("\"\\u12\"", 1), ("\"\\u12G4\"", 1),
    ("\"\\", 1), ("\"\\u", 1), ("\"a\nb\"", 2), ("\"a\tb\"", 2), ("\"\u{0}\"", 1), ("\u{FEFF}[]", 0), ("[1]//", 3),
    ("/*x*/1", 0), ("# x", 0), ("[\"a\",\n4\n,1,", 11), ("é", 0), ("{\"a\":b}", 5), ("{\"a\":\"b\",c}", 9),
    ("\u{0B}1", 0), ("\u{A0}1", 0), ("[\u{85}1]", 1),
  ]

  static let notUTF8: [([UInt8], Int)] = [
    ([0x22, 0xFF, 0x22], 1), ([0x22, 0x61, 0xC3, 0x22], 2), ([0x22, 0xC0, 0xAF, 0x22], 1),
    ([0x22, 0xE0, 0x80, 0x80, 0x22], 1),
    ([0x22, 0xED, 0xA0, 0x80, 0x22], 1), ([0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], 1), ([0xE9], 0),
    ([0x5B, 0xFF, 0x5D], 1),
    ([0x22, 0x80, 0x22], 1), ([0x22, 0xF0, 0x9F, 0x98, 0x22], 1),
  ]

  @Test(arguments: valid) func `valid JSON has no problem`(text: String) {
    #expect(JSONText.check(Array(text.utf8)) == nil)
  }

  @Test(arguments: invalid) func `invalid JSON is blamed at its byte`(text: String, offset: Int) {
    #expect(JSONText.check(Array(text.utf8))?.offset == offset)
  }

  @Test(arguments: notUTF8) func `JSON that is not UTF-8 is blamed at its byte`(bytes: [UInt8], offset: Int) {
    #expect(JSONText.check(bytes)?.offset == offset)
  }

  @Test(arguments: [
    ("{\n  \"a\": 1,\n}", "Line 3, column 1 (offset 12): A comma may not stand before }."),
    ("[1, 2,]", "Line 1, column 7 (offset 6): A comma may not stand before ]."),
    ("{\"ä\" 1}", "Line 1, column 6 (offset 6): A colon after the name was expected, but something else stands here."),
    ("[1", "Line 1, column 3 (offset 2): A comma or ] was expected, but the text ends here."),
    ("{'a': 1}", "Line 1, column 2 (offset 1): JSON strings stand in double quotes, not single ones."),
    (
      "{a: 1}",
      "Line 1, column 2 (offset 1): A name in double quotes or } was expected, but something else stands here."
    ),
    ("[] 1", "Line 1, column 4 (offset 3): One JSON value was complete, but more text follows it."),
    ("[007]", "Line 1, column 2 (offset 1): A JSON number may not have a leading zero."),
  ])
  func `a problem is a sentence with its place`(text: String, sentence: String) {
    #expect(JSONText.check(Array(text.utf8))?.description == sentence)
  }

  @Test func `tidy puts a member on each line and keeps digits, escapes, order and duplicates`() throws {
    let text = #"{"b":1.00,"a":[1e5,{}, [ ]],"b":"\u0041\/"}"#
    let tidied = """
      {
        "b": 1.00,
        "a": [
          1e5,
          {},
          []
        ],
        "b": "\\u0041\\/"
      }
      """
    #expect(String(decoding: try JSONText.tidy(Array(text.utf8)), as: UTF8.self) == tidied)
    let minified = String(decoding: try JSONText.minify(Array(tidied.utf8)), as: UTF8.self)
    #expect(minified == text.replacing(" ", with: ""))
  }

  @Test func `tidy and minify refuse what is not JSON`() {
    #expect(throws: Problem.self) { try JSONText.tidy(Array("[1,]".utf8)) }
    #expect(throws: Problem.self) { try JSONText.minify(Array("[1,]".utf8)) }
  }

  @Test func `any depth is checked and tidied without a stack`() throws {
    let deep = [UInt8](repeating: 0x5B, count: 100_000) + [UInt8](repeating: 0x5D, count: 100_000)
    #expect(JSONText.check(deep) == nil)
    #expect(JSONText.check(Array(deep.dropLast()))?.offset == 199_999)
    let lessDeep = Array(deep[95_000..<105_000])
    #expect(try JSONText.minify(try JSONText.tidy(lessDeep)) == lessDeep)
  }

  @Test func `the check agrees with a plain recursive reading on mutated documents`() {
    var random = Chance(seed: 11)
    for round in 0..<2_000 {
      var bytes = RandomJSON.document(&random, spaced: true)
      RandomJSON.mutate(&bytes, &random)
      #expect(
        (JSONText.check(bytes) == nil) == PlainJSON.isValid(bytes),
        "seed 11, round \(round): \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}
