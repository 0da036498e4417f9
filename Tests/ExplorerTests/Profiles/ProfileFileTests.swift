import Glibc
import TestSupport
import Testing

@testable import Explorer

/// The files of the profiles, on a real disk.
@Suite struct ProfileFileTests {
  private let temporary: TemporaryFolder
  private var folder: String { temporary.path }

  init() throws { temporary = try TemporaryFolder() }

  private var change: ProfileChange { .add(name: "a", Profile(url: "mqtt://a")) }

  private func mode(_ name: String) -> UInt32 {
    var facts = stat()
    return lstat("\(folder)/\(name)", &facts) == 0 ? facts.st_mode : 0
  }

  @Test func `a change is read from the file as it is now, and only its owner may read it`() throws {
    let file = ProfileFile(folder: folder)
    _ = try file.make(change)
    try FileBytes.replace("\(folder)/config.toml", with: Array("# another window\n[profiles.b]\nurl = \"b\"\n".utf8))
    let text = try file.make(change)
    #expect(text.text.hasPrefix("# another window"))
    #expect(try ProfileTable(file.read()).entries.map(\.name) == ["b", "a"])
    #expect(mode("config.toml") & 0o777 == 0o600)
  }

  @Test func `a link to the configuration stays a link`() throws {
    try FileBytes.replace("\(folder)/real.toml", with: [])
    #expect(symlink("\(folder)/real.toml", "\(folder)/config.toml") == 0)
    _ = try ProfileFile(folder: folder).make(change)
    #expect(mode("config.toml") & S_IFMT == S_IFLNK)
    #expect(ProfileTable(TOMLText(try FileBytes.read("\(folder)/real.toml", limit: 1_000))).entries.count == 1)
  }

  @Test func `a link to what is not there yet is written through`() throws {
    #expect(symlink("dotfiles/real.toml", "\(folder)/config.toml") == 0)
    let missing = #expect(throws: ProfileError.self) { try ProfileFile(folder: folder).make(change) }
    #expect(missing?.description.contains("\(folder)/dotfiles/real.toml cannot be written") == true)
    #expect(mkdir("\(folder)/dotfiles", 0o700) == 0)
    _ = try ProfileFile(folder: folder).make(change)
    #expect(mode("config.toml") & S_IFMT == S_IFLNK)
    #expect(ProfileTable(TOMLText(try FileBytes.read("\(folder)/dotfiles/real.toml", limit: 1_000))).entries.count == 1)
  }

  @Test func `links in a circle are not written to`() throws {
    #expect(symlink("config.toml", "\(folder)/other") == 0)
    #expect(symlink("other", "\(folder)/config.toml") == 0)
    #expect(throws: ProfileError.self) { try ProfileFile(folder: folder).make(change) }
    #expect(throws: FileError.failed(path: "\(folder)/config.toml", doing: "written", code: ELOOP)) {
      try FileBytes.followed("\(folder)/config.toml")
    }
    #expect(mode("config.toml") & S_IFMT == S_IFLNK)
  }

  @Test func `a folder or a pipe in place of the file is told in one sentence`() throws {
    for make in [{ mkdir($0, 0o700) }, { mkfifo($0, 0o600) }] as [(String) -> Int32] {
      let place = try TemporaryFolder()
      #expect(make("\(place.path)/config.toml") == 0)
      let file = ProfileFile(folder: place.path)
      let said = "\(place.path)/config.toml is not a regular file."
      #expect(file.complaints() == [.file(said)])
      #expect(throws: ProfileError.file(.notRegular(path: "\(place.path)/config.toml"))) { try file.make(change) }
      let table = ProfileTable(unreadable: .file(.notRegular(path: "\(place.path)/config.toml")))
      #expect(table.problem?.words(file: file.path) == "config.toml, the file: \(said)")
    }
  }

  @Test func `thousands of profiles are added, read and looked at in a moment`() throws {
    let count = 5_000
    let file = ProfileFile(folder: folder)
    let time = try ContinuousClock().measure {
      try file.add((0..<count).map { ("profile \($0)", Profile(url: "mqtt://host-\($0)")) })
      #expect(try ProfileTable(file.read()).entries.count == count)
      _ = try file.make(change)
    }
    #expect(time < .seconds(15), "\(time)")
  }

  @Test func `what cannot be written says why, and leaves nothing behind`() throws {
    #expect(throws: ProfileError.self) { try ProfileFile(folder: "/proc/nowhere").make(change) }
  }

  @Test func `a file that would be too large to be read is not written`() throws {
    var profile = Profile(url: "mqtt://a")
    profile.proxy = String(repeating: "x", count: 1 << 20)
    #expect(throws: ProfileError.tooLarge(limit: 1 << 20)) {
      try ProfileFile(folder: folder).make(.add(name: "a", profile))
    }
    #expect(access("\(folder)/config.toml", F_OK) != 0)
  }

  @Test func `the password of an import goes with its last profile, and no other file does`() throws {
    let file = ProfileFile(folder: folder)
    let path = try file.keep(password: "pst", of: "a")
    var profile = Profile(url: "mqtt://a")
    profile.password = .file(path)
    _ = try file.make(.add(name: "a", profile))
    _ = try file.make(.add(name: "b", profile))
    _ = try file.make(.delete(name: "a"))
    #expect(access(path, F_OK) == 0)
    _ = try file.make(.delete(name: "b"))
    #expect(access(path, F_OK) != 0)
    try FileBytes.replace("\(folder)/mine", with: Array("pst".utf8))
    profile.password = .file("\(folder)/mine")
    _ = try file.make(.add(name: "c", profile))
    _ = try file.make(.delete(name: "c"))
    #expect(access("\(folder)/mine", F_OK) == 0)
  }

  @Test func `what is wrong in it is told without a screen`() throws {
    let file = ProfileFile(folder: folder)
    #expect(file.complaints().isEmpty)
    try FileBytes.replace("\(folder)/config.toml", with: Array("[profiles.a]\nurl = 3\n".utf8))
    #expect(file.complaints() == [.profile("config.toml, line 2, url: url has to be text in quotation marks.")])
    try FileBytes.replace("\(folder)/config.toml", with: Array("[".utf8))
    guard case .file? = file.complaints().first else {
      Issue.record("broken TOML is a fault of the file")
      return
    }
    let text =
      "[profiles.a]\nurl = \"h:99999\"\n[profiles.b]\nurl = \"h\"\nwill = { topic = \"a/#\" }\n[profile.c]\nurl = \"h\"\n"
    try FileBytes.replace("\(folder)/config.toml", with: Array(text.utf8))
    #expect(
      file.complaints() == [
        .profile(
          "config.toml, line 6, profile.c: it is not read, as a profile is a table below profiles: write [profiles.c]."),
        .profile("“a”: “99999” is not a port: ports are numbers from 1 to 65535."),
        .profile(
          "“b”: The will topic “a/#” of the profile: A message cannot be published to a topic with the wildcards + and #."
        ),
      ])
    let stray = #expect(throws: ProfileError.self) { try file.profile("c") }
    #expect(stray?.description.contains("write [profiles.c]") == true)
    #expect(try file.hasProfile("c"))
  }

  @Test func `the time of the last use is kept by name`() throws {
    let used = LastUsed(folder: folder)
    #expect(used.load() == [:])
    try used.note("a b", at: 5)
    try used.note("c", at: 7)
    try used.note("a b", at: 9)
    #expect(used.load() == ["a b": 9, "c": 7])
    try FileBytes.replace("\(folder)/profiles-used", with: Array("x\n99999999999999999999 y\n-5 z\n3 w\n".utf8))
    #expect(used.load() == ["z": 0, "w": 3])
  }

  @Test func `a password is what its source gives, without the line end`() throws {
    try FileBytes.replace("\(folder)/secret", with: Array("pst\r\n".utf8))
    #expect(try PasswordSource.file("\(folder)/secret").bytes() == Array("pst".utf8))
    #expect(try PasswordSource.written("x").bytes() == Array("x".utf8))
    #expect(throws: ProfileError.self) { try PasswordSource.environment("MQTTSCOPE_NO_SUCH_VARIABLE").bytes() }
    #expect(throws: ProfileError.self) { try PasswordSource.file("\(folder)/none").bytes() }
    try FileBytes.replace("\(folder)/secret", with: Array("\n".utf8))
    #expect(throws: ProfileError.self) { try PasswordSource.file("\(folder)/secret").bytes() }
  }
}
