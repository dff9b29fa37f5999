// axe's violations, one row for each element. `rules`: ids, or null for all with one of `tags`.
async ({ rules, tags, most }) => {
    const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: tags };
    const { violations } = await axe.run(document, {
        runOnly, resultTypes: ["violations"], elementRef: true, selectors: false, preload: false, iframes: false,
    });
    return violations.flatMap(({ id, tags, help, nodes }) => nodes.slice(0, most).map(node => ({
        rule: id, tags, help, ...gokAudit.place(node.element || document.documentElement),
    })));
}
