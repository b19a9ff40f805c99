function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.HPerv28L.js","./index-D4sz1Tzh.js","./index-CkOUiS_S.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{au as i}from"./index-D4sz1Tzh.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.HPerv28L.js"),__vite__mapDeps([0,1,2]),import.meta.url),t}export{t as s};
