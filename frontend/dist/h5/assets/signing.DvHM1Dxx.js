function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CtoFuauI.js","./page.e2Ihe5-G.js","./index-DELEsBpo.js","./index-Cyj1oRXl.css","./page-Dk12vdWp.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./readiness.DgFBjYnZ.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aq as t}from"./index-DELEsBpo.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.CtoFuauI.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8]),import.meta.url),r}export{r as s};
