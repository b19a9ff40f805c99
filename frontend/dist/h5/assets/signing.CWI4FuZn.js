function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.Dwupz-ea.js","./page.inZ4qjGt.js","./index-DnMgY6J6.js","./index-BXGoi8wX.css","./page-oSYF_4vQ.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./readiness.B9TZm3DR.js","./text.B1r1qFm1.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ao as t}from"./index-DnMgY6J6.js";async function o(){let o;return o=await t(()=>import("./platform-signing-code.Dwupz-ea.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),o}export{o as s};
