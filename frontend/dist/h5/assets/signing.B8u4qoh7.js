function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CFAD9HCS.js","./first.Bx7QNDG8.js","./index-BcOUyh3J.js","./index-D7rBsZ8c.css","./first-CCQ7Kwpj.css","./canonical.jlN1wBEU.js","./subject.AgTFhOHD.js","./files.BfWT7NIN.js","./tabs.CBsc2APZ.js","./tabs-vEs0WD2H.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{as as t}from"./index-BcOUyh3J.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.CFAD9HCS.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),r}export{r as s};
