// What is said badly: headings, link texts, alternative texts that are file names, foreign words without their language.
({ vague }) => {
    const found = [];
    const add = (rule, element) => found.push({ rule, ...gokAudit.place(element) });
    const plain = text => (text || "").replace(/\s+/g, " ").trim();
    const isSeen = element => element.checkVisibility();
    const labelled = element => plain((element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
        .map(id => document.getElementById(id)?.textContent || "").join(" "));
    const nameOf = element => labelled(element) || plain(element.getAttribute("aria-label")) ||
        plain(element.textContent + [...element.querySelectorAll("img")].map(image => ` ${image.alt}`).join(""));
    const bare = text => text.toLowerCase().replace(/[\s.…:>»→]+$/u, "");

    [...document.querySelectorAll("h1")].filter(isSeen).slice(1).forEach(heading => add("several-main-headings", heading));

    const targets = new Map();
    for (const link of [...document.querySelectorAll("a[href]")].filter(isSeen)) {
        const name = nameOf(link);
        if (!name) continue; // axe: link-name
        if (vague.includes(bare(name)) && !link.hasAttribute("aria-describedby")) {
            const context = plain(link.closest("p, li, td, th, dd, dt, figcaption, h1, h2, h3, h4, h5, h6, blockquote")?.textContent);
            add(context.length - name.length >= 10 ? "link-vague" : "link-without-purpose", link);
        }
        // Behind a colon an address is what was announced, as the declaration has to give it.
        const isAnnounced = /:\s*$/.test(link.previousSibling?.textContent || "");
        if (/^(https?:\/\/|www\.)\S+$/i.test(name) && !isAnnounced) add("link-bare-address", link);
        if (!/^https?:/.test(link.href)) continue;
        const target = link.href.replace(/#.*$/, "");
        const known = targets.get(bare(name));
        if (known === undefined) targets.set(bare(name), target);
        else if (known !== target) add("links-same-text", link);
    }

    for (const image of document.querySelectorAll("img[alt]")) {
        const alt = plain(image.alt);
        if (/\.(jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)$/i.test(alt) ||
            /^(img|dscn?|dscf|pict?|pxl|image|obraz|zdj[eę]cie|foto|screenshot|zrzut)[-_ ]?\d+/i.test(alt) ||
            /^[\w-]*\d{5,}[\w-]*$/.test(alt)) add("alt-is-file-name", image);
    }

    const english = new Set("the of and to is are for with that this you your from on by be we our will have not at an it as can or".split(" "));
    const polish = new Set("i w z na do się nie jest to o za od po dla że jak są oraz".split(" "));
    for (const element of document.querySelectorAll("p, li, dd, dt, td, th, blockquote, figcaption, summary, a, h1, h2, h3, h4, h5, h6")) {
        if (!isSeen(element) || !/^pl\b/i.test(element.closest("[lang]")?.lang || "")) continue;
        const clone = element.cloneNode(true);
        clone.querySelectorAll("[lang], p, li, dd, dt, td, blockquote").forEach(part => part.remove());
        if (element.tagName !== "A") clone.querySelectorAll("a").forEach(part => part.remove());
        const text = plain(clone.textContent), words = text.toLowerCase().match(/\p{L}+/gu) || [];
        const share = list => words.filter(word => list.has(word)).length / (words.length || 1);
        if ((text.match(/\p{Script=Cyrillic}/gu) || []).length >= 4 ||
            words.length >= 8 && share(english) >= 0.25 && share(polish) < 0.1 && !/[ąćęłńśźż]/i.test(text))
            add("language-of-parts", element);
    }
    return found;
}
