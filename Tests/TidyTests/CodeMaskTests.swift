import Testing

/// What counts as code: everything but comments and the insides of strings.
@Suite struct CodeMaskTests {
  @Test(arguments: [
    ("let a = 1 // unsafe", "let a = 1          "),
    ("a /* unsafe /* b */ c */ d", "a                        d"),
    ("f(\"unsafe\") + g", "f(        ) + g"),
    (##"f(#"a " b"#) + g"##, "f(         ) + g"),
    ("f(\"\\\"unsafe\") + g", "f(          ) + g"),
    ("f(\"\\(g(\"a)\")) b\") + h", "f(              ) + h"),
    ("f(#\"\\(a\"#) + g", "f(       ) + g"),
    ("\"a // b\"; c", "        ; c"),
    ("let a = \"\"\n// \"b\nc", "let a =   \n     \nc"),
    ("\"\"\"\na \" b // c\n\"\"\"; d", "   \n          \n   ; d"),
    ("// a\r\nb", "     \nb"),
    ("/* open", "       "),
    ("\"open", "     "),
    ("\"open\\", "      "),
  ])
  func blanksCommentsAndStrings(text: String, code: String) {
    #expect(CodeMask.code(of: text) == code)
  }

  @Test func keepsLinesAndColumnsOfItsOwnTests() throws {
    let text = try PackageTree.text(of: "Tests/TidyTests/CodeMaskTests.swift")
    let code = CodeMask.code(of: text)
    #expect(text.utf8.count == code.utf8.count)
    #expect(
      code.split(separator: "\n", omittingEmptySubsequences: false).count
        == text.split(separator: "\n", omittingEmptySubsequences: false).count)
    #expect(code.contains("func blanksCommentsAndStrings(text: String, code: String) {"))
    #expect(!code.contains("unsafe"))
  }
}
