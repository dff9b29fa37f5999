// Puts the reader's own settings on <html> as early as a script that blocks nothing can.
try {
  Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("reader") || "{}"));
} catch {
  // No storage, or not ours: the page stays as it was designed.
}
