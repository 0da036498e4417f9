import Glibc
import Terminal

/// `config.toml`: read whole, changed line by line, and replaced in one step.
package struct ProfileFile: Sendable {
  let path: String
  private let folder: String

  static let name = "config.toml"
  /// A larger file is no configuration.
  private static let limit = 1 << 20

  package init(folder: String) {
    self.folder = folder
    path = folder + "/" + Self.name
  }

  /// The text; empty when there is no file yet.
  func read() throws(ProfileError) -> TOMLText {
    do throws(FileError) {
      return TOMLText(try FileBytes.read(path, limit: Self.limit))
    } catch {
      guard error.isMissingFile else { throw .file(error) }
      return TOMLText("")
    }
  }

  /// Whether the file has a profile of this name, if only one that is meant to be; a file that cannot be read has none.
  package func hasProfile(_ name: String) throws(ProfileError) -> Bool {
    let table = ProfileTable(try read())
    return table[name] != nil || table.strays.contains { $0.name == name }
  }

  /// A profile that is whole.
  package func profile(_ name: String) throws(ProfileError) -> Profile {
    let table = ProfileTable(try read())
    if let problem = table.problem { throw .broken(problem.words(file: path)) }
    guard let entry = table[name] ?? table.strays.first(where: { $0.name == name }) else { throw .gone(name) }
    if let problem = entry.problems.first { throw .broken(problem.words(file: path)) }
    return entry.profile
  }

  /// Makes a change in the file as it is now, so that what another window wrote meanwhile stays; gives the new text.
  func make(_ change: ProfileChange) throws(ProfileError) -> TOMLText {
    let old = try read()
    let text = try ProfileTable.text(old, with: change)
    try write(text)
    if case .delete(let name) = change, let own = ProfileTable(old).passwordFile(ofOnly: name, in: folder) {
      do { try FileBytes.remove(own) } catch { throw .file(error) }
    }
    return text
  }

  /// Adds profiles, all of them or none.
  func add(_ profiles: [(name: String, profile: Profile)]) throws(ProfileError) {
    guard !profiles.isEmpty else { return }
    try write(ProfileTable.text(try read(), adding: profiles))
  }

  private func write(_ text: TOMLText) throws(ProfileError) {
    guard text.bytes.count <= Self.limit else { throw .tooLarge(limit: Self.limit) }
    do throws(FileError) {
      try FileBytes.makeFolder(folder)
      // Where the file is a link, as dotfiles often are, what it leads to is replaced and the link stays.
      try FileBytes.replace(try FileBytes.followed(path), with: text.bytes, isSynchronised: true)
    } catch {
      throw .file(error)
    }
  }

  /// What is wrong with the file and with its profiles.
  package func complaints() -> [ProfileComplaint] {
    let table: ProfileTable
    do { table = ProfileTable(try read()) } catch { return [.file(error.description)] }
    if let problem = table.problem { return [.file(problem.words(file: path))] }
    let settings = (table.strays + table.entries).flatMap(\.problems).map { $0.words(file: path) }
    let connections: [String] = table.entries.filter(\.problems.isEmpty).compactMap { entry in
      do throws(ProfileError) {
        _ = try entry.profile.configuration(password: nil)
        return nil
      } catch {
        return "“\(entry.name)”: \(error)"
      }
    }
    return (settings + connections).map(ProfileComplaint.profile)
  }

  /// Keeps a password in a file of its own beside the configuration; gives its path.
  func keep(password: String, of name: String) throws(ProfileError) -> String {
    let plain = String(
      name.unicodeScalars.map {
        TOMLQuoting.isBare(UInt8(truncatingIfNeeded: $0.value)) && $0.isASCII ? Character($0) : "_"
      })
    do throws(FileError) {
      let passwords = ProfileTable.passwords(in: folder)
      try FileBytes.makeFolder(passwords)
      var path = "\(passwords)/\(plain)"
      var number = 2
      while access(path, F_OK) == 0 {
        path = "\(passwords)/\(plain)-\(number)"
        number += 1
      }
      try FileBytes.replace(path, with: Array(password.utf8), isSynchronised: true)
      return path
    } catch {
      throw .file(error)
    }
  }

  /// Makes the file if there is none, so that an editor opens it with its place and mode.
  func makeSure() throws(ProfileError) {
    guard try read().bytes.isEmpty else { return }
    do throws(FileError) {
      try FileBytes.makeFolder(folder)
      try FileBytes.replace(try FileBytes.followed(path), with: Array(Self.beginning.utf8), isSynchronised: true)
    } catch {
      throw .file(error)
    }
  }

  private static let beginning = """
    # Brokers that mqttscope knows, for example:
    #
    # [profiles.home]
    # url = "mqtt://broker.local"
    # username = "ann"
    # password_command = "pass show mqtt/home"

    """
}
