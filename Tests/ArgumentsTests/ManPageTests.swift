import Foundation
import Testing

@testable import Arguments

@Suite struct ManPageTests {
  @Test("the page has name, synopsis, verbs, options by section, notes and examples")
  func page() {
    let expected = #"""
      .TH "BAKE" 1 "2026\-03\-01" "bake 1.2"
      .SH NAME
      bake \- bread of any size
      .SH SYNOPSIS
      \fBbake\fR [\fBmix\fR] [\fIflags\fR]
      .br
      \fBbake\fR \fBweigh\fR \fILOAF [OTHER]\fR [\fIflags\fR]
      .br
      \fBbake\fR \fBstore\fR \fIDIR\fR [\fIflags\fR]
      .br
      \fBbake help\fR [\fIVERB\fR]
      .SH DESCRIPTION
      Mixes, kneads and bakes. Nothing is eaten.
      .PP
      Rye takes longer.
      .SH VERBS
      .TP
      \fBmix\fR
      mix and bake (the default)
      .IP
      Flour comes first.
      .TP
      \fBweigh LOAF [OTHER]\fR
      weigh a loaf, or compare two
      .TP
      \fBstore DIR\fR
      put loaves away
      .TP
      \fBhelp [VERB]\fR
      everything about the program, or about one verb
      .SH OPTIONS
      .SS "DOUGH"
      .TP
      \fB\-n\fR, \fB\-\-loaves\fR \fIN\fR
      how many loaves
      .IP
      Default: 1.
      .TP
      \fB\-w\fR, \fB\-\-heat\fR \fIA [B]\fR
      degrees at the start, at the end
      .IP
      One number holds for both ends.
      .IP
      The \[u03BA]\-oven takes \-0.5 too.
      .IP
      Default: 220. Only with mix.
      .TP
      \fB\-\-span\fR \fIA B\fR
      two ends
      .TP
      \fB\-\-grain\fR \fINAME|FILE\fR
      which flour
      .IP
      Choices: rye, wheat or another value. Default: rye.
      .TP
      \fB\-\-order\fR \fIORDER\fR
      how the parts are mixed
      .IP
      Choices: together or in\-turn. Default: together. Only with mix and store.
      .TP
      \fB\-\-keep\fR \fIA,B,...\fR
      what is kept
      .IP
      Choices: crumb or crust. Several are separated by commas.
      .TP
      \fB\-\-set\fR \fIKEY=VALUE\fR
      change one entry of the recipe
      .IP
      May be given more than once.
      .TP
      \fB\-\-seeds\fR \fISEED...\fR
      what is strewn on it
      .SS "OVEN"
      .TP
      \fB\-\-steam\fR
      let steam in
      .IP
      \-\-no\-steam turns it off. On by default.
      .TP
      \fB\-\-turbo\fR
      blow the heat about
      .IP
      \-\-no\-turbo turns it off.
      .TP
      \fB\-\-out\fR \fIDIR\fR
      where loaves go
      .SS "TALK"
      .TP
      \fB\-q\fR, \fB\-\-quiet\fR
      say nothing
      .TP
      \fB\-v\fR, \fB\-\-verbose\fR
      say more
      .TP
      \fB\-h\fR, \fB\-\-help\fR
      \-h one line per flag, \-\-help everything
      .TP
      \fB\-\-version\fR
      print the version
      .SH "EXIT STATUS"
      .TP
      \fB0\fR
      bread
      .TP
      \fB2\fR
      wrong usage
      .SH "ENVIRONMENT"
      .TP
      \fBOVEN\fR
      the device
      .SH "FILES"
      .TP
      \fBloaf.txt\fR
      what came out
      .SH EXAMPLES
      .TP
      \fBbake \-\-heat 250 \-\-loaves 3\fR
      three hot loaves
      .TP
      \fBbake weigh loaf.txt\fR
      how heavy it became
      .TP
      \fBbake weigh a.txt b.txt\fR
      which is heavier

      """#
    #expect(sample.manPage(date: "2026-03-01") == expected)
  }

  @Test("what roff would take for a command is escaped")
  func escapes() {
    let grammar = CommandLineGrammar(
      program: "p", abstract: ".x 'y' \\z ~^` κ 😀", version: "\"1\"",
      verbs: [Verb("run", summary: "'s")], defaultVerb: "run", flags: [])
    let page = grammar.manPage(date: "today")
    #expect(page.contains(#"\&.x \(aqy\(aq \ez \(ti\(ha\(ga \[u03BA] \[u1F600]"#))
    #expect(page.contains(#".TH "P" 1 "today" "\(dq1\(dq""#))
    #expect(page.contains(#"\&\(aqs (the default)"#))
  }

  @Test("groff finds nothing to warn about", .enabled(if: findInPath("groff") != nil))
  func groff() throws {
    let page = sample.manPage(date: "2026-03-01")
    let result = try withTemporaryFile(page) {
      try runProgram("groff", ["-man", "-Tutf8", "-ww", "-z", $0])
    }
    #expect(result.status == 0 && result.text == "")
  }
}
