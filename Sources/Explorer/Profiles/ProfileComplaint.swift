/// Something wrong with the configuration, in a sentence.
package enum ProfileComplaint: Equatable, Sendable {
  /// With the file: none of its profiles can be used.
  case file(String)
  /// With one profile: all others can.
  case profile(String)
}
