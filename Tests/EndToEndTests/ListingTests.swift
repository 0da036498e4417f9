import TestSupport
import Testing

/// `mqttscope keys` and `mqttscope themes`.
@Suite struct ListingTests {
  @Test func `keys prints every action with its keys and its id`() throws {
    let outcome = try PipedProgram.run(Products.mqttscope, ["keys"])
    #expect(outcome.status == .exited(0) && outcome.errors.isEmpty)
    #expect(outcome.outputText.contains(/Space +pause the screen .*pause\n/))
    #expect(outcome.outputText.contains("Moving\n"))
  }

  @Test func `themes lists the default and those of the user`() throws {
    let folder = try TemporaryFolder()
    let environment = TestEnvironment.inherited(adding: ["HOME": folder.path, "XDG_CONFIG_HOME": folder.path])
    let outcome = try PipedProgram.run(Products.mqttscope, ["themes"], environment: environment)
    #expect(outcome.status == .exited(0) && outcome.outputText.contains("(the default)"))
    let themes = try PipedProgram.run("mkdir", ["-p", "\(folder.path)/mqttscope/themes"])
    #expect(themes.status == .exited(0))
    try folder.write("this is no theme", to: "mqttscope/themes/broken.toml")
    let broken = try PipedProgram.run(Products.mqttscope, ["themes"], environment: environment)
    #expect(broken.status == .exited(1))
    #expect(broken.errorText.contains("broken"))
  }
}
