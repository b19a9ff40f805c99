function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.JzHEiyaJ.js","./first.D9zZLF2n.js","./index-EMNm4fC1.js","./index-DGGu-F3C.css","./first-DtesYsq2.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.C___kpGY.js","./tabs-Cm4S0fj7.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as r}from"./index-EMNm4fC1.js";async function t(){let t;return t=await r(()=>import("./platform-signing-code.JzHEiyaJ.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),t}export{t as s};
