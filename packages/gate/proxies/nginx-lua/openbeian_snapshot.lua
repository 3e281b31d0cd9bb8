-- Reads the gate's binary snapshot (docs/gate-snapshot.md) under LuaJIT on 64-bit Linux: maps the file, checks it, and
-- decides plain hosts by it and by the overlay of changes beside it. The bytes stay in the system's page cache, so that all workers share one copy.
-- It knows nothing of nginx; openbeian_gate.lua does.
local bit = require "bit"
local ffi = require "ffi"

local band, bor, bxor, lshift, rshift = bit.band, bit.bor, bit.bxor, bit.lshift, bit.rshift
local rol, tobit = bit.rol, bit.tobit
local byte, sub = string.byte, string.sub

assert(ffi.abi("64bit") and ffi.abi("le"), "openbeian: needs a 64-bit little-endian machine")
-- statx has the same layout everywhere; struct stat has not.
ffi.cdef [[
  struct openbeian_statx {
    uint32_t mask, blksize; uint64_t attributes;
    uint32_t nlink, uid, gid; uint16_t mode, spare0; uint64_t ino, size, blocks, attributes_mask;
    struct { int64_t sec; uint32_t nsec; int32_t spare; } atime, btime, ctime, mtime;
    uint32_t rdev_major, rdev_minor, dev_major, dev_minor;
    uint64_t spare[14];
  };
  int statx(int folder, const char *path, int flags, unsigned int mask, struct openbeian_statx *into);
  int open(const char *path, int flags, ...);
  int close(int fd);
  void *mmap(void *at, size_t length, int protection, int flags, int fd, long offset);
  int munmap(void *at, size_t length);
  int madvise(void *at, size_t length, int advice);
  int memcmp(const void *one, const void *other, size_t length);
  unsigned long crc32(unsigned long before, const uint8_t *bytes, unsigned int length);
]]

local C = ffi.C
local cloexec, emptyPath, basicStats, thisFolder = 0x80000, 0x1000, 0x7ff, -100
local canRead, sharedMap, willNeed = 1, 1, 3
local headerLength, sumLength = 160, 65536
local magic = "OBGATE\r\n"
local overlayHeaderLength, overlayMagic = 64, "OBOVER\r\n"
-- Bytes before the name of an overlay's entry.
local overlayHead = 16

local snapshot = {}

-- nginx brings zlib along; elsewhere the sum is taken here, some ten times slower.
local crc32
if pcall(function() return C.crc32 end) then
  crc32 = function(before, bytes, length) return tobit(tonumber(C.crc32(before % 4294967296, bytes, length))) end
else
  local steps = ffi.new("int32_t[256]")
  for value = 0, 255 do
    local sum = value
    for _ = 1, 8 do sum = bxor(rshift(sum, 1), band(-band(sum, 1), 0xedb88320)) end
    steps[value] = sum
  end
  crc32 = function(before, bytes, length)
    local sum = bit.bnot(before)
    for at = 0, length - 1 do sum = bxor(rshift(sum, 8), steps[band(bxor(sum, bytes[at]), 0xff)]) end
    return bit.bnot(sum)
  end
end

-- What tells one file from another, and when it was last confirmed (Unix seconds); nil and an error without a file.
local function statOf(fd, path)
  local into = ffi.new("struct openbeian_statx")
  if C.statx(fd, path, fd == thisFolder and 0 or emptyPath, basicStats, into) ~= 0 then
    return nil, "errno " .. ffi.errno()
  end
  -- A number of an inode may come again for a later file; the time of its birth does not.
  local identity = table.concat({
    into.dev_major, into.dev_minor, tostring(into.ino), tostring(into.size), tostring(into.btime.sec), into.btime.nsec,
  }, ":")
  local confirmedAt = tonumber(into.mtime.sec) + into.mtime.nsec / 1e9
  return { identity = identity, confirmedAt = confirmedAt, size = tonumber(into.size) }
end

-- Identity and time of confirmation of the file that has this name now.
function snapshot.stat(path) return statOf(thisFolder, path) end

local function u32(bytes, at) return ffi.cast("const uint32_t *", bytes + at)[0] end
local function u64(bytes, at) return u32(bytes, at) + u32(bytes, at + 4) * 4294967296 end
local function roundUp(value, step) return math.ceil(value / step) * step end

-- Reads and checks everything before the index; nil and what is wrong. `bytes` has `size` bytes.
local function readPreamble(bytes, size)
  if size < headerLength or ffi.string(bytes, 8) ~= magic then return nil, "no snapshot" end
  local version = bytes[8] + 256 * bytes[9]
  if version ~= 2 then return nil, "format version " .. version .. ", this reader knows 2" end
  if bytes[10] + 256 * bytes[11] ~= headerLength or u32(bytes, 12) ~= sumLength then return nil, "damaged header" end
  local header = {
    sequence = u64(bytes, 16), builtAt = u64(bytes, 24) / 1000, k0 = tobit(u32(bytes, 32)), k1 = tobit(u32(bytes, 36)),
    buckets = u32(bytes, 40), entries = u32(bytes, 44), records = u32(bytes, 48), largest = u32(bytes, 52),
    sums = u32(bytes, 56), facts = u32(bytes, 60), indexOffset = u64(bytes, 64), entriesOffset = u64(bytes, 72),
    entriesLength = u64(bytes, 80), coldIndexOffset = u64(bytes, 88), coldOffset = u64(bytes, 96),
    coldLength = u64(bytes, 104), length = u64(bytes, 112), sum = u32(bytes, 156),
  }
  local buckets = header.buckets
  if buckets < 1 or buckets > 0x40000000 or band(buckets, buckets - 1) ~= 0 or header.largest > 32 then
    return nil, "damaged header"
  end
  local index = roundUp(4 * (buckets + 1), 8)
  local hot = roundUp(index + header.entriesLength, sumLength)
  local body = hot + index + header.coldLength
  if header.length ~= size then return nil, "cut short or too long" end
  if header.sums ~= math.ceil(body / sumLength)
    or header.indexOffset ~= roundUp(headerLength + 4 * header.sums + header.facts, 4096)
    or header.entriesOffset ~= header.indexOffset + index
    or header.coldIndexOffset ~= header.indexOffset + hot
    or header.coldOffset ~= header.coldIndexOffset + index
    or header.length ~= header.indexOffset + body
  then
    return nil, "damaged header"
  end
  local sum = crc32(0, bytes, headerLength - 4)
  sum = crc32(sum, ffi.new("uint8_t[4]"), 4)
  sum = crc32(sum, bytes + headerLength, header.indexOffset - headerLength)
  if sum ~= tobit(u32(bytes, headerLength - 4)) then return nil, "damaged header" end
  -- JSON as JSON.stringify writes it: a quotation mark within a text has a backslash in front, so this occurs once.
  local facts = ffi.string(bytes + headerLength + 4 * header.sums, header.facts)
  local region = string.match(facts, '","region":"([%a-]+)","defaultNames":%[')
  if region == nil then return nil, "facts without a region" end
  header.outsideMainland = region ~= "cn-mainland"
  return header
end

-- Maps a file. Answers its bytes as { bytes, size, identity, confirmedAt }, or nil and why not.
local function mapFile(path, least)
  local fd = C.open(path, cloexec)
  if fd < 0 then return nil, "cannot be opened, errno " .. ffi.errno() end
  local stat, trouble = statOf(fd, "")
  if stat == nil or stat.size < least then
    C.close(fd)
    return nil, trouble or "no snapshot"
  end
  local mapped = C.mmap(nil, stat.size, canRead, sharedMap, fd, 0)
  local errno = ffi.errno()
  C.close(fd)
  if ffi.cast("intptr_t", mapped) == -1 then return nil, "cannot be mapped, errno " .. errno end
  stat.map = ffi.gc(mapped, function(at) C.munmap(at, stat.size) end)
  stat.bytes = ffi.cast("const uint8_t *", mapped)
  return stat
end

-- Gives a mapping back at once.
local function unmap(file)
  if file.map == nil then return end
  C.munmap(ffi.gc(file.map, nil), file.size)
  file.map = nil
end

-- Maps the file and checks its header. Answers what `evaluate` decides by, or nil and why not; the overlay is still missing.
function snapshot.open(path)
  local file, trouble = mapFile(path, headerLength)
  if file == nil then return nil, trouble end
  local header, wrong = readPreamble(file.bytes, file.size)
  local index = header and ffi.cast("const uint32_t *", file.bytes + header.indexOffset)
  if header and index[header.buckets] ~= header.entriesLength then wrong = "damaged index" end
  if wrong then
    unmap(file)
    return nil, wrong
  end
  -- What decisions need is read ahead; cold rows are never touched, so they take no memory.
  C.madvise(file.map, header.coldIndexOffset, willNeed)
  return {
    header = header, file = file, identity = file.identity, confirmedAt = file.confirmedAt, bytes = file.bytes,
    index = index, entries = file.bytes + header.entriesOffset, mask = header.buckets - 1, k0 = header.k0, k1 = header.k1,
  }
end

-- Maps the overlay at this path over the snapshot. Answers whether it belongs to it; else nil and why not.
function snapshot.layOver(held, path)
  local file, trouble = mapFile(path, overlayHeaderLength)
  if file == nil then return nil, trouble end
  local bytes = file.bytes
  local wrong
  if ffi.string(bytes, 8) ~= overlayMagic then wrong = "no overlay"
  elseif bytes[8] + 256 * bytes[9] ~= 1 then wrong = "overlay of another version"
  elseif bytes[10] + 256 * bytes[11] ~= overlayHeaderLength or u32(bytes, 24) ~= file.size
    or crc32(crc32(0, bytes, 16), bytes + 24, 36) ~= tobit(u32(bytes, 60)) then wrong = "damaged overlay"
  elseif u32(bytes, 28) ~= held.header.sum then wrong = "the overlay belongs to another snapshot" end
  local heads = u32(bytes, 12)
  local isPower = heads > 0 and heads < 0x40000000 and band(heads, heads - 1) == 0
  if not wrong and (not isPower or overlayHeaderLength + 4 * heads > file.size) then wrong = "damaged overlay" end
  if wrong then
    unmap(file)
    return nil, wrong
  end
  if held.over then unmap(held.over) end
  held.over = file
  held.overBytes = bytes
  held.overWords = ffi.cast("const uint32_t *", bytes)
  held.headMask = heads - 1
  held.overSize = file.size
  held.anyNumber = bytes[33] ~= 0
  held.listsNumbers = bytes[33] == 2
  held.outsideMainland = bytes[32] == 2 or (bytes[32] == 0 and held.header.outsideMainland)
  return true
end

-- The last change that is in the overlay, or else in the snapshot.
function snapshot.sequence(held)
  return math.max(u64(held.overBytes, 16), held.header.sequence)
end

-- Gives the mappings back at once; nothing may be decided by it any more.
function snapshot.close(held)
  unmap(held.file)
  if held.over then unmap(held.over) end
end

-- Checks the sums of the `count` pieces from `first` on (0 is the first), of those that decisions need.
-- Answers the next piece to check, nil when all are done, or false and which bytes are damaged.
function snapshot.checkSums(held, first, count)
  local header = held.header
  local pieces = (header.coldIndexOffset - header.indexOffset) / sumLength
  local sums = ffi.cast("const uint32_t *", held.bytes + headerLength)
  local stop = math.min(first + count, pieces)
  for piece = first, stop - 1 do
    local at = header.indexOffset + piece * sumLength
    -- The last piece of the hot part is a whole one, unless nothing cold follows.
    local length = math.min(sumLength, header.length - at)
    if crc32(0, held.bytes + at, length) ~= tobit(sums[piece]) then return false, "damaged bytes from " .. at end
  end
  if stop < pieces then return stop end
  return nil
end

-- Reasons by the state of an entry.
local verdicts = {
  [0] = "unfiled", "filed_here", "access_missing", "cancelled", "suspended", "blacklisted", "exempt_provider_name",
}
-- What either record says before the other: orders of the authority first.
local stronger = { "blacklisted", "suspended", "filed_here", "grace", "filed_elsewhere" }

local noDays = ffi.new("const uint8_t[4]")

local function verdictOf(state, grace, day, anyNumber)
  if state == 2 and anyNumber then return "filed_elsewhere" end
  if state == 2 and day() <= grace then return "grace" end
  return verdicts[state]
end

-- A round of HalfSipHash.
local function round(a, b, c, d)
  a = tobit(a + b)
  b = bxor(rol(b, 5), a)
  a = rol(a, 16)
  c = tobit(c + d)
  d = bxor(rol(d, 8), c)
  a = tobit(a + d)
  d = bxor(rol(d, 7), a)
  c = tobit(c + b)
  b = bxor(rol(b, 13), c)
  return a, b, rol(c, 16), d
end

-- Why this host may or may not be served, or nil where only the gate can say: hosts that are not plain (capitals, ports,
-- addresses, whatever is malformed), IDN and underscores that no entry shows to be right, and what is below names that the public
-- suffix list divides.
-- `day` answers today in Shanghai, in days since 1970-01-01; it is asked only where a grace depends on it.
function snapshot.evaluate(held, host, day)
  local size = #host
  if size < 1 or size > 253 then return nil end
  local k0, k1 = held.k0, held.k1
  local v0, v1, v2, v3 = k0, k1, bxor(k0, 0x6c796765), bxor(k1, 0x74656462)
  local word, shift, labelEnd, isOpen = 0, 0, size, true
  local cover, coverGrace, exact, exactGrace = 0, 0, 0, 0
  -- Labels whose form only the gate can evaluate, unless a record shows that they are right: see below.
  local hasIdn, isOpenIdn, hasUnderscore, isOpenUnderscore, hasDigitFirst = false, false, false, false, false
  for at = size, 0, -1 do
    local char = 46
    if at > 0 then char = byte(host, at) end
    if char == 46 then
      local length = labelEnd - at
      if length < 1 or length > 63 then return nil end
      local first = byte(host, at + 1)
      if first == 45 or byte(host, labelEnd) == 45 then return nil end
      -- A last label that begins with a digit may be an address.
      if labelEnd == size and first < 97 then return nil end
      if first < 97 then hasDigitFirst = true end
      -- Whether an xn-- label decodes to a name only the gate can say; a label that an entry ends in has been checked.
      if first == 120 and sub(host, at + 1, at + 4) == "xn--" then hasIdn, isOpenIdn = true, true end
      labelEnd = at - 1
      if isOpen then
        -- Finished from a copy: the walk goes on with the dot.
        local total = size - at
        local tail = bor(word, lshift(total, 24))
        local a, b, c, d = round(v0, v1, v2, bxor(v3, tail))
        a, b, c, d = round(bxor(a, tail), b, bxor(c, 0xff), d)
        a, b, c, d = round(a, b, c, d)
        a, b, c, d = round(a, b, c, d)
        local hash = bxor(b, d)
        local suffix = ffi.cast("const char *", host) + at
        local flags, bits, days
        -- The newest entry of the overlay replaces the snapshot's. Chains lead towards the beginning.
        local words, over, last = held.overWords, held.overBytes, held.overSize
        local place = words[16 + band(hash, held.headMask)]
        while place ~= 0 do
          if place >= last or place % 4 ~= 0 or place + overlayHead + over[place + 8] > held.overSize then return nil end
          local entry = over + place
          if tobit(words[place / 4 + 1]) == hash and entry[8] == total and C.memcmp(entry + overlayHead, suffix, total) == 0 then
            flags, bits, days = entry[9], entry[10], entry + 12
            break
          end
          last = place
          place = words[place / 4]
        end
        if flags == nil then
          local bucket, print = band(hash, held.mask), rshift(hash, 24)
          local entries, at, stop = held.entries, held.index[bucket], held.index[bucket + 1]
          while at < stop do
            local entry = entries + at
            if entry[0] == print and entry[1] == total and C.memcmp(entry + 3, suffix, total) == 0 then
              flags, bits, days = entry[2], 0, noDays
              if flags >= 128 then bits, days = entry[3 + total], entry + 4 + total end
              break
            end
            at = at + 3 + entry[1] + (entry[2] < 128 and 0 or 5)
          end
        end
        if flags == nil then
          isOpen = false
        else
          isOpenIdn = false
          if at == 0 and band(flags, 0x38) ~= 0 then isOpenUnderscore = false end
          if band(flags, 0x07) ~= 0 then cover, coverGrace = band(flags, 0x07), days[0] + 256 * days[1] end
          if at == 0 and band(flags, 0x38) ~= 0 then
            exact, exactGrace = rshift(band(flags, 0x38), 3), days[2] + 256 * days[3]
          end
          if at > 0 and band(bits, 1) ~= 0 then return nil end
          isOpen = band(flags, 0x40) ~= 0 and cover ~= 6
        end
      end
    elseif char == 95 then
      -- Fine below a registrable name, never in one; below a record it is below one.
      hasUnderscore = true
      if cover == 0 then isOpenUnderscore = true end
    elseif not ((char >= 97 and char <= 122) or (char >= 48 and char <= 57) or char == 45) then
      return nil
    end
    if isOpen and at > 0 then
      word = bor(word, lshift(char, shift))
      shift = shift + 8
      if shift == 32 then
        v0, v1, v2, v3 = round(v0, v1, v2, bxor(v3, word))
        v0 = bxor(v0, word)
        word, shift = 0, 0
      end
    end
  end
  if isOpenIdn or isOpenUnderscore then return nil end
  -- Beside a label that is written from right to left, labels must not begin with a digit: the gate knows which are.
  if hasIdn and (hasDigitFirst or hasUnderscore) then return nil end
  if held.outsideMainland then return "exempt_region" end
  local website = verdictOf(cover, coverGrace, day, held.anyNumber)
  -- Numbers that are in no snapshot only the gate has.
  if exact == 0 and website == "unfiled" and held.listsNumbers then return nil end
  if exact == 0 or cover == 6 then return website end
  local app = verdictOf(exact, exactGrace, day, held.anyNumber)
  for place = 1, #stronger do
    if website == stronger[place] or app == stronger[place] then return stronger[place] end
  end
  return app
end

return snapshot
