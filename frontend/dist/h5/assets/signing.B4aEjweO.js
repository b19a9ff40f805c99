function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.E_uu6ZZy.js","./page.Ca_5Coki.js","./index-BoT2Li3J.js","./index-D6W4hSkD.css","./page-cLzIA7UK.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{_ as i}from"./index-BoT2Li3J.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.E_uu6ZZy.js"),__vite__mapDeps([0,1,2,3,4]),import.meta.url),t}export{t as s};
