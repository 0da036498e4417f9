import MQTT

/// The options of `mosquitto_sub` and its kin, as in `~/.config/mosquitto_sub`: one a line, with its value behind it.
enum MosquittoFile {
  /// The broker that the options describe; nil if the first line is none.
  static func connection(_ text: String) -> Imported.Connection? {
    var options = MosquittoOptions()
    var isAny = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      guard !line.isEmpty, line.first != "#" else { continue }
      guard line.first == "-" else {
        guard isAny else { return nil }
        options.leaveOut("the line \(Imported.quoted(String(line))), which is no option")
        continue
      }
      isAny = true
      let name = line.prefix { $0 != " " && $0 != "\t" && $0 != "=" }
      let value = line.dropFirst(name.count).drop { $0 == " " || $0 == "\t" || $0 == "=" }
      options.take(String(name), String(value))
    }
    return isAny ? options.connection : nil
  }
}
