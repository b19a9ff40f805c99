function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.DnfVmuvB.js","./first.C83pP31z.js","./index-DQyBCVOE.js","./index-D7rBsZ8c.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.Dgn46MEe.js","./tabs-OQeVnZV3.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-DQyBCVOE.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.DnfVmuvB.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
