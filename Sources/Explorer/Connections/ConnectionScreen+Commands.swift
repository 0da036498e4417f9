/// What the keys of the list do.
extension ConnectionScreen {
  mutating func perform(_ command: ConnectionCommand, _ row: ConnectionRow?) -> [ConnectionRequest] {
    if row == nil, command.needsBroker {
      let way = list.filter.isEmpty ? "n writes one down" : "Esc shows all"
      say(.information, "There is no broker to \(command.words): \(way).")
    }
    switch command {
    case .leave: return [.leave]
    case .openFile: return [.openFile]
    case .find: break  // the list did it
    case .new: open(ProfileForm(original: nil, name: "", Profile(), taken: names))
    case .connect: return row.map { connect($0) } ?? []
    case .disconnect: return row?.broker.map { [.close($0)] } ?? []
    case .edit: edit(row)
    case .duplicate:
      if let row, row.profile == nil {
        stage = .form(ProfileForm(original: nil, name: "", Profile(url: row.address), taken: names))
        return []
      }
      guard let entry = entry(of: row) else { return [] }
      stage = .form(ProfileForm(original: nil, name: freeName(like: entry.name), entry.profile, taken: names))
    case .test:
      guard let entry = entry(of: row) else { return [] }
      return ask(entry.name, entry.profile, isTest: true)
    case .delete:
      guard let entry = entry(of: row) else { return [] }
      stage = .deleting(entry.name)
    }
    return []
  }

  private mutating func connect(_ row: ConnectionRow) -> [ConnectionRequest] {
    if let broker = row.broker { return [.show(broker)] }
    guard let entry = entry(of: row) else { return [] }
    guard entry.problems.isEmpty else {
      say(.failure, "The profile is broken, as said above: e changes it, o opens the file.")
      return []
    }
    return ask(entry.name, entry.profile, isTest: false)
  }

  private mutating func edit(_ row: ConnectionRow?) {
    guard let entry = entry(of: row) else { return }
    open(ProfileForm(original: entry.name, name: entry.name, entry.profile, taken: names))
  }

  /// Opens a form; what was left unsaved in it before is in it again.
  private mutating func open(_ form: ProfileForm) {
    let draft = drafts[form.original]
    stage = .form(draft ?? form)
    if draft != nil { say(.information, "What was written here before is still there; it is not saved.") }
  }

  private mutating func entry(of row: ConnectionRow?) -> ProfileTable.Entry? {
    guard let row else { return nil }
    guard let name = row.profile, let entry = table[name] else {
      say(.information, "This broker has no profile; c writes one down for it.")
      return nil
    }
    return entry
  }

  private var names: [String] { table.entries.map(\.name) }

  private func freeName(like name: String) -> String {
    var number = 2
    while names.contains("\(name)-\(number)") { number += 1 }
    return "\(name)-\(number)"
  }
}
