function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CVkrGCoO.js","./page.fr5uiBHs.js","./index-DNsNTGj_.js","./index-C-SttWwb.css","./page-BeOlHLLE.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./readiness.Dt2sy0Pw.js","./text.B1r1qFm1.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ao as t}from"./index-DNsNTGj_.js";async function o(){let o;return o=await t(()=>import("./platform-signing-code.CVkrGCoO.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),o}export{o as s};
