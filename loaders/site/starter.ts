// The few words of script inside each page: they load the page's own script once the page has been seen.

/** What a reader does before the page is alive; the script gets it again, so that no touch is lost. */
const touches = ["pointerover", "touchstart", "focusin"];

/**
 * Returns the text of a module that imports `entry` after the first paint: at once for a link that says more than the
 * default view and when the reader reaches for the page, else when it has loaded and been drawn. Evaluating the entry
 * while the page is being read puts the first paint off by more than the whole page takes.
 */
export function starterScript(entry: string): string {
  return [
    `const touches=${JSON.stringify(touches)};`,
    "let started,touched;",
    `const start=()=>started??=import(${JSON.stringify(entry)}).then(()=>{stop();touched?.target.dispatchEvent(new Event(touched.type,{bubbles:true}))},()=>{started=undefined});`,
    "const touch=(event)=>{touched=event;start()};",
    "const stop=()=>touches.forEach((type)=>removeEventListener(type,touch));",
    "touches.forEach((type)=>addEventListener(type,touch,{passive:true}));",
    // A reader may leave before the script that keeps the links is there (src/elements/keepState.ts).
    'addEventListener("click",({target})=>{const a=target.closest?.("a[href]");if(a&&!a.search&&a.origin===location.origin&&/(\\/|\\.html)$/.test(a.pathname)&&!a.getAttribute("href").startsWith("#"))a.search=location.search},true);',
    "const drawn=()=>requestAnimationFrame(()=>requestAnimationFrame(()=>setTimeout(start)));",
    'if(location.search.length>1)start();else if(document.readyState==="complete")drawn();else addEventListener("load",drawn,{once:true});'
  ].join("");
}
