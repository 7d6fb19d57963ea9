import { asHtml, fromHtml } from "./provider.text";

test("what a desk's editor wrote reads as a person reads it", () => {
  expect(fromHtml("<p>Danke f&uuml;r Ihre Geduld &ndash; it&#8217;s done.</p><p>Ines<br>Team&nbsp;&amp; Co</p>")).toBe(
    "Danke für Ihre Geduld – it’s done.\nInes\nTeam & Co",
  );
  expect(fromHtml("<ul><li>one</li><li>two</li></ul><style>p { color: red }</style><script>alert(1)</script>")).toBe(
    "one\ntwo",
  );
});

test("text that became HTML is the same text again, markup in it included", () => {
  for (const text of ['Is it <broken> & "cold"?', "&amp; is no entity here", "first\nsecond"])
    expect(fromHtml(asHtml(text))).toBe(text);
});
