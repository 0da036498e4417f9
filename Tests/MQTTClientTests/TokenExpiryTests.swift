import FoundationEssentials
import MQTTClient
import Testing

struct TokenExpiryTests {
  /// A token with this payload; `alg` and signature are nothing to us.
  private func token(_ payload: String, header: String = #"{"alg":"HS256"}"#) -> [UInt8] {
    let parts = [header, payload, "signature"].map { part in
      Data(part.utf8).base64EncodedString().filter { $0 != "=" }
        .map { $0 == "+" ? "-" : $0 == "/" ? "_" : String($0) }.joined()
    }
    return Array(parts.joined(separator: ".").utf8)
  }

  @Test func `the expiry is the claim of the token`() {
    #expect(TokenExpiry(of: token(#"{"sub":"ann","exp":1516242622}"#))?.time == 1_516_242_622)
    #expect(TokenExpiry(of: token(#"{"exp":1516242622.75,"x":"??>>~~"}"#))?.time == 1_516_242_622)
  }

  @Test(arguments: [
    "secret", "a.b.c", "", "..", "a.b", "e30.e30.x", "e30.eyJleHAiOiJ4In0.x", "!.eyJleHAiOjF9.x",
  ]) func `a password that is no token, or one without an end, has no expiry`(password: String) {
    #expect(TokenExpiry(of: Array(password.utf8)) == nil)
  }

  @Test func `a number beyond all time is none`() {
    #expect(TokenExpiry(of: token(#"{"exp":1e300}"#)) == nil)
    #expect(TokenExpiry(of: token(#"{"exp":-1e300}"#)) == nil)
  }

  @Test(arguments: [
    (100, "expires in 100 s"), (600, "expires in 10 min"), (10_800, "expires in 3 h"), (864_000, "expires in 10 days"),
    (0, "expired 0 s ago"), (-7_300, "expired 2 h ago"),
  ]) func `it is told in words`(left: Int64, words: String) throws {
    let expiry = try #require(TokenExpiry(of: token(#"{"exp":1000000}"#)))
    #expect(expiry.words(at: 1_000_000 - left) == words)
  }

  @Test func `a token that ends within a day is warned of`() {
    var configuration = Configuration(.tcp(host: "h", port: 1))
    #expect(configuration.tokenWarning(at: 0) == nil)
    configuration.password = token(#"{"exp":100000}"#)
    #expect(configuration.tokenWarning(at: 0) == nil)
    #expect(configuration.tokenWarning(at: 90_000) == "The password is a token that expires in 2 h.")
    #expect(configuration.tokenWarning(at: 200_000) == "The password is a token that expired 27 h ago.")
  }
}
