import Terminal
import Testing

@testable import Explorer

struct PasswordWordsTests {
  @Test(arguments: [
    ("pass show a", ["pass", "show", "a"]), ("  a  b ", ["a", "b"]),
    (#"a 'b c' "d \"e\"" f\ g"#, ["a", "b c", "d \"e\"", "f g"]),
    ("a ''", ["a", ""]), (#"a 'b\c'"#, ["a", #"b\c"#]), (#"sh -c 'pass "$1" | head -1' \$ "a;b|c""#, shell),
    ("a ~ ~x b~/c '~/d'", ["a", "~", "~x", "b~/c", "~/d"]),
  ]) func `a command is split into words as a shell does, and nothing else of a shell`(
    text: String, words: [String]
  ) throws {
    #expect(try PasswordWords.split(text) == words)
  }

  private static let shell = ["sh", "-c", #"pass "$1" | head -1"#, "$", "a;b|c"]

  @Test func `a path may begin in the home folder`() throws {
    #expect(try PasswordWords.split("~/bin/secret x") == ["\(Environment["HOME"] ?? "~")/bin/secret", "x"])
  }

  @Test(arguments: ["", " ", "''", "'a", "\"a", "a\\"]) func `an open quote is no command`(text: String) {
    #expect(throws: ProfileError.self) { try PasswordWords.split(text) }
  }

  @Test(arguments: ["a | b", "a; b", "a $HOME", #"a "$HOME""#, "a `b`", "a > b", "(a)", "a && b"])
  func `what only a shell understands is told and not run`(text: String) {
    let error = #expect(throws: ProfileError.self) { try PasswordWords.split(text) }
    #expect(error?.description.contains("sh -c") == true)
  }

  @Test func `the first line is the password`() {
    #expect(PasswordWords.firstLine("secret\nurl: x\n".utf8) == Array("secret".utf8))
    #expect(PasswordWords.firstLine("secret\r\n".utf8) == Array("secret".utf8))
    #expect(PasswordWords.firstLine("\n".utf8).isEmpty)
  }
}
