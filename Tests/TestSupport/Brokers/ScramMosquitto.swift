/// A mosquitto that lets in one user, who has to prove the password by SCRAM-SHA-256; the plugin that asks is compiled from
/// `scram.c` by the C compiler of the Swift toolchain.
package final class ScramMosquitto {
  package let broker: Mosquitto

  /// - Parameter isImpostor: whether it takes any proof, and cannot prove that it knows the password itself.
  package init(user: String, password: String, isImpostor: Bool = false) throws {
    broker = try Mosquitto { folder in
      let plugin = "\(folder.path)/scram.so"
      let source = "\(Products.packageFolder)/Tests/TestSupport/Brokers/scram.c"
      let flags = ["-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"]
      let made = try PipedProgram.run("clang", flags + ["-o", plugin, source, "-lcrypto"])
      guard made.status == .exited(0) else {
        throw TestSupportError("scram.c (apt-get install mosquitto-dev libssl-dev): \(made.errorText)")
      }
      return [
        "allow_anonymous false", "plugin \(plugin)", "plugin_opt_user \(user)", "plugin_opt_password \(password)",
      ] + (isImpostor ? ["plugin_opt_impostor true"] : [])
    }
  }
}
