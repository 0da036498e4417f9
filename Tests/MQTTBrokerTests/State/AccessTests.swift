import MQTT
import NIOCore
import Secrets
import TestSupport
import Testing

@testable import MQTTBroker

/// Users and their proofs.
struct AccessTests {
  private static let ann = Credential(Array("sécret".utf8), salt: [1, 2, 3], rounds: 10)
  private static let guarded = Access(users: ["ann": ann])

  @Test(arguments: ProtocolVersion.allCases) func `only users with their passwords are let in`(
    version: ProtocolVersion
  ) {
    let wrong: ReasonCode = version == .v5 ? .badUserNameOrPassword : .notAuthorized
    for (name, password, reason) in [
      ("ann", "sécret", ReasonCode.success), ("ann", "secret", wrong), ("bob", "sécret", wrong),
      (nil, nil, .notAuthorized),
    ] {
      var script = Script(Self.guarded)
      let connect = Connect(clientID: "a", username: name, password: password.map { Array($0.utf8) })
      let said = script.open(0, connect, version)
      #expect(said.connack(to: 0)?.reasonCode == reason && said.closes(0) == (reason != .success))
    }
  }

  @Test func `whoever is no user any more, or has another password now, is sent away when the users are others`() {
    let bob = Credential(Array("b".utf8), salt: [1], rounds: 10)
    let carol = Credential(Array("c".utf8), salt: [2], rounds: 10)
    var script = Script(Access(users: ["ann": Self.ann, "bob": bob, "carol": carol]))
    for (place, (name, password)) in [("ann", "sécret"), ("bob", "b"), ("carol", "c")].enumerated() {
      _ = script.open(place, Connect(clientID: name, username: name, password: Array(password.utf8)))
    }
    script.state.use(Access(users: ["bob": Credential(Array("new".utf8)), "carol": carol]), at: script.now)
    let said = script.say(.pingreq, from: 2)
    #expect(said.farewell(to: 0) == .notAuthorized && said.farewell(to: 1) == .notAuthorized)
    #expect(said.packets(to: 2) == [.pingresp] && script.state.connectedCount == 1)
  }

  @Test func `a credential is read as it was written, and nothing else is`() throws {
    #expect(Credential(Self.ann.text) == Self.ann)
    for bad in [
      "", "secret", "SCRAM-SHA-256$0:AQID$x:y", "SCRAM-SHA-1\(Self.ann.text.dropFirst(13))", Self.ann.text + "$",
    ] {
      #expect(Credential(bad) == nil)
    }
    let text = "# users\n\nann:\(Self.ann.text)\n"
    #expect(try Access.users(text) == ["ann": Self.ann])
    let problem =
      "has no hash that is known behind the name: write one of mqttscope broker --hash-password, or of mosquitto_passwd"
    #expect(throws: AccessFileError(line: 1, problem: problem)) {
      try Access.users("ann:secret")
    }
  }

  @Test func `a hash of mosquitto_passwd is read, checks a password, and proves none by SCRAM`() throws {
    let line =
      "ann:$7$101$Xcll0J7Z0UghGB84$Jtnf75gEx9oZ+BIB+k654tb2O7BWWEk9fhexWjWcRrZjQkYk7ZRT/XIv4BaB+LHHlU8dGoO69TvgVSJHC47BvQ=="
    let access = Access(users: try Access.users(line))
    #expect(access.users?["ann"].map { "ann:\($0.text)" } == line)
    #expect(access.admits("ann", password: Array("sécret".utf8)))
    #expect(!access.admits("ann", password: Array("secret".utf8)))
    let older =
      "$6$AQID$a+xZKU1FgYn7DO+SW6vWYRTm4ESTCZl7elno8wwBkbIIWJJzTxtCCxuaSKlk/UXs9WyytxKn+6ZuzNyK5YGhUg=="
    #expect(Credential(older)?.matches(Array("sécret".utf8)) == true && Credential(older)?.text == older)
    for bad in ["$7$0$AQID$AQID", "$7$101$AQID$AQID", "$6$AQID$AQID", "$7$101$$"] { #expect(Credential(bad) == nil) }
    var scram = ScramServer()
    let users = access.users ?? [:]
    #expect(scram.challenge(Array("n,,n=ann,r=abc".utf8), nonce: "x", users: users)?.isEmpty == false)
    #expect(scram.verify(Array("c=biws,r=abcx,p=AQID".utf8)) == nil)
  }

  /// The example of RFC 7677, section 3.
  @Test func `the exchange of the standard's own example ends well`() {
    let salt: [UInt8] = [
      0x5B, 0x6D, 0x99, 0x68, 0x9D, 0x12, 0x35, 0x8E, 0xEC, 0xA0, 0x4B, 0x14, 0x12, 0x36, 0xFA, 0x81,
    ]
    let users = ["user": Credential(Array("pencil".utf8), salt: salt)]
    var server = ScramServer()
    let nonce = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"
    let challenge = server.challenge(Array("n,,n=user,r=rOprNGfwEbeRWgbNEkqO".utf8), nonce: nonce, users: users)
    #expect(
      challenge.map { String(decoding: $0, as: UTF8.self) }
        == "r=rOprNGfwEbeRWgbNEkqO\(nonce),s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")
    let last = "c=biws,r=rOprNGfwEbeRWgbNEkqO\(nonce),p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
    let stranger = ScramServer.salt(of: "nobody", nil)
    let other = ScramServer.salt(of: "other", nil)
    #expect(stranger == ScramServer.salt(of: "nobody", nil) && stranger != other)
    #expect(stranger.count == 16 && ScramServer.salt(of: "user", users["user"]) == salt)
    var impostor = server
    #expect(impostor.verify(Array(last.replacing("dHz", with: "dHa").utf8)) == nil)
    let proof = server.verify(Array(last.utf8))
    #expect(proof.map { String(decoding: $0, as: UTF8.self) } == "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
  }

  @Test func `another method is refused, and packets during the exchange too`() {
    for access in [Access(), Self.guarded] {
      var script = Script(access)
      let said = script.connect(0, "a", [.authenticationMethod("OTHER")])
      #expect(said == [.packet(0, .connack(Connack(reasonCode: .badAuthenticationMethod))), .close(0)])
    }
    let begin: Properties = [
      .authenticationMethod("SCRAM-SHA-256"), .authenticationData(Array("n,,n=nobody,r=abc".utf8)),
    ]
    var script = Script(Self.guarded)
    guard case .packet(0, .auth(let step)) = script.connect(0, "a", begin).first else {
      Issue.record("no AUTH")
      return
    }
    #expect(step.reasonCode == .continueAuthentication && step.properties.authenticationMethod == "SCRAM-SHA-256")
    let answer = Auth(
      .continueAuthentication, properties: [.authenticationMethod("SCRAM-SHA-256"), .authenticationData([1])])
    #expect(script.say(.auth(answer), from: 0).connack(to: 0)?.reasonCode == .notAuthorized)
    _ = script.connect(1, "b", begin)
    #expect(script.say(.pingreq, from: 1).connack(to: 1)?.reasonCode == .protocolError)
  }

  /// The client's side of an exchange: the answer to a challenge, by a user's password.
  private static func proof(of password: String, for name: String, to challenge: [UInt8]) throws -> [UInt8] {
    let text = String(decoding: challenge, as: UTF8.self)
    let fields = try ScramKeys.fields(text, named: ["r", "s", "i"]).get()
    let salt = try #require(ScramKeys.bytes(base64: fields[1]))
    let salted = ScramKeys.salted(Array(password.utf8), salt: salt, rounds: try #require(Int(fields[2])))
    let last = "c=biws,r=\(fields[0])"
    let signature = ScramKeys.mac(
      Array("n=\(name),r=abc,\(text),\(last)".utf8), ScramKeys.hash(ScramKeys.client(salted)))
    return Array("\(last),p=\(ScramKeys.base64(zip(ScramKeys.client(salted), signature).map { $0 ^ $1 }))".utf8)
  }

  private static func properties(_ data: [UInt8]) -> Properties {
    [.authenticationMethod("SCRAM-SHA-256"), .authenticationData(data)]
  }

  private static func challenge(_ said: [Script.Said]) throws -> [UInt8] {
    guard case .packet(_, .auth(let step))? = said.last, step.reasonCode == .continueAuthentication else {
      throw TestSupportError("no challenge: \(said)")
    }
    return try #require(step.properties.authenticationData)
  }

  @Test(arguments: [("ann", "sécret", true), ("ann", "wrong", false), ("bob", "other", false)])
  func `a client proves itself anew as who it is, and as nobody else`(
    name: String, password: String, isTaken: Bool
  ) throws {
    let bob = Credential(Array("other".utf8), salt: [4, 5, 6], rounds: 10)
    var script = Script(Access(users: ["ann": Self.ann, "bob": bob]))
    let first = Self.properties(Array("n,,n=ann,r=abc".utf8))
    let begun = try Self.challenge(script.connect(0, "a", first))
    let proof = Self.properties(try Self.proof(of: "sécret", for: "ann", to: begun))
    #expect(
      script.say(.auth(Auth(.continueAuthentication, properties: proof)), from: 0).connack(to: 0)?.reasonCode
        == .success)
    let anew = Self.properties(Array("n,,n=\(name),r=abc".utf8))
    let challenge = try Self.challenge(script.say(.auth(Auth(.reauthenticate, properties: anew)), from: 0))
    let answer = Self.properties(try Self.proof(of: password, for: name, to: challenge))
    let said = script.say(.auth(Auth(.continueAuthentication, properties: answer)), from: 0)
    if isTaken {
      guard case .packet(0, .auth(let step))? = said.first else { Issue.record("\(said)"); return }
      #expect(step.reasonCode == .success && script.say(.pingreq, from: 0) == [.packet(0, .pingresp)])
    } else {
      #expect(said.farewell(to: 0) == .notAuthorized && said.closes(0))
    }
  }

  @Test func `3_1_1 hears the usual acknowledgement of what is not passed on`() {
    var script = Script(Access(rules: AccessRules()))
    _ = script.connect(0, "a", .v3_1_1)
    #expect(script.publish("t", qos: .atLeastOnce, from: 0) == [.packet(0, .puback(Acknowledgement(1)))])
    #expect(script.publish("t", qos: .exactlyOnce, from: 0) == [.packet(0, .pubrec(Acknowledgement(1)))])
    #expect(script.say(.pubrel(Acknowledgement(1)), from: 0) == [.packet(0, .pubcomp(Acknowledgement(1)))])
    #expect(script.subscribe("t", from: 0).codes(to: 0) == [.unspecifiedError])
  }
}
