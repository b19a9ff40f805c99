function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.Dr4sWFla.js","./page.BIBKPGB_.js","./index-rgYMUyEK.js","./index-D6nvzsKN.css","./page-cLzIA7UK.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{_ as i}from"./index-rgYMUyEK.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.Dr4sWFla.js"),__vite__mapDeps([0,1,2,3,4]),import.meta.url),t}export{t as s};
