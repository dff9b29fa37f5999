// Where the page leads on its own host: pages to visit, and stored documents with the place that links to each.
() => {
    const addresses = new Set(), documents = [];
    for (const link of document.querySelectorAll("a[href]")) {
        const url = new URL(link.href, location.href);
        if (url.host !== location.host || !/^https?:$/.test(url.protocol)) continue;
        const stored = url.pathname.match(/^\/documents\/(\d+)\//);
        if (!stored) { addresses.add(url.pathname + url.search); continue; }
        const around = link.closest("p, li, dd, td") || link.parentElement;
        const pages = [...around.querySelectorAll("a[href]")].filter(other =>
            other !== link && other.host === location.host && !other.pathname.startsWith("/documents/"));
        documents.push({
            document: Number(stored[1]), text: link.textContent.trim().slice(0, 200),
            has_page: pages.length > 0, ...gokAudit.place(link),
        });
    }
    return { title: document.title.trim(), addresses: [...addresses].slice(0, 1000), documents: documents.slice(0, 100) };
}
