function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.BAz4bFZQ.js","./index-B6FEVg3I.js","./index-Boeij2UB.css","./subject.D4tmLZc8.js","./files.CyiMyDmn.js","./text.GMVthbxp.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aB as i}from"./index-B6FEVg3I.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.BAz4bFZQ.js"),__vite__mapDeps([0,1,2,3,4,5]),import.meta.url),t}export{t as s};
