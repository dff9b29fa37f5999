// WCAG 1.4.12: what is lost when a reader spaces the text out, and was not lost before. Leaves the page as it was.
() => {
    const before = new Set(gokAudit.lost().map(({ rule, selector }) => rule + selector));
    const sheet = new CSSStyleSheet(), own = [...document.adoptedStyleSheets];
    sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-bottom: 2em !important; }
    `);
    document.adoptedStyleSheets = [...own, sheet];
    const after = gokAudit.lost();
    document.adoptedStyleSheets = own;
    return after.filter(({ rule, selector }) => !before.has(rule + selector)).map(row => ({ ...row, rule: "text-spacing" }));
}
