// Browsers let no page read another one from a folder: without a server, search results come without their excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
// The theme's arrows that fold the list of pages have no name for those who have it read aloud.
document.addEventListener("DOMContentLoaded", () => {
  for (const arrow of document.querySelectorAll(".bd-links summary")) {
    arrow.setAttribute("aria-label", arrow.closest("li").querySelector("a").textContent.trim());
  }
});
