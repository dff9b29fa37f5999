// Where an element stands: a selector for a person, a shape that all pages of one template share, and whose it is.
element => {
    const path = [], shape = [];
    for (let node = element; node && node !== document.documentElement; node = node.parentElement) {
        const same = node.parentElement ? [...node.parentElement.children].filter(other => other.localName === node.localName) : [];
        const isNamed = node.id && document.querySelectorAll(`#${CSS.escape(node.id)}`).length === 1;
        const order = same.length > 1 ? `:nth-of-type(${same.indexOf(node) + 1})` : "";
        if (!path.some(step => step.startsWith("#"))) path.unshift(isNamed ? `#${CSS.escape(node.id)}` : node.localName + order);
    }
    for (let node = element; node && node !== document.documentElement && shape.length < 5; node = node.parentElement) {
        const classes = [...node.classList].filter(name => !/\d/.test(name)).sort();
        if (node === element || classes.length || !["div", "span"].includes(node.localName))
            shape.unshift([node.localName, ...classes].join("."));
        if (["header", "main", "footer", "dialog"].includes(node.localName)) break;
    }
    return {
        selector: path.join(" > ").slice(0, 300),
        excerpt: element.outerHTML.replace(/\s+/g, " ").slice(0, 240),
        shape: shape.join(" > ").slice(0, 160),
        // What editors write: pieces of a stream (Wagtail gives each a class), and marked rich text.
        is_content: Boolean(element.closest("[class^='w-block-'], [data-content]")),
    };
}
