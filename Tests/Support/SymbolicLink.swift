import Glibc

/// Makes a symbolic link; false where the file system refuses.
package func makeSymbolicLink(_ path: String, to target: String) -> Bool {
  // Safety: both strings live for the call.
  unsafe symlink(target, path) == 0
}
