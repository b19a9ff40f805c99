function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CbN2yOti.js","./first.CVr__adM.js","./index-BYJwa9pR.js","./index-D7rBsZ8c.css","./first-BxjZruf-.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.DMNT7TwZ.js","./tabs-D6OGuqrh.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-BYJwa9pR.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.CbN2yOti.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
