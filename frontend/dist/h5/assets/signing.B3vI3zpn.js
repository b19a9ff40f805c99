function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.Qi8EnaFe.js","./index-V2IXivrT.js","./index-DyFtITn2.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{au as i}from"./index-V2IXivrT.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.Qi8EnaFe.js"),__vite__mapDeps([0,1,2]),import.meta.url),t}export{t as s};
