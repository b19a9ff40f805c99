function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.CMk75jiN.js","./index-DGCF04_R.js","./index-Boeij2UB.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{au as i}from"./index-DGCF04_R.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.CMk75jiN.js"),__vite__mapDeps([0,1,2]),import.meta.url),t}export{t as s};
