"""Lists what eng/security attacks: a line of sqlmap's arguments for each target. Makes the few records that queries need to find."""
import datetime, json, os, re, shlex, urllib.parse, urllib.request

address, key = os.environ["GRANARY_ADDRESS"], os.environ["GRANARY_KEY"]
bearer = f"Authorization: Bearer {key}"


def call(method, path, body=None, key=key):
    request = urllib.request.Request(address + path, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Authorization", f"Bearer {key}")
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


leads = [
    call("POST", "/api/v1/leads", {
        "channel": "官网/百度搜索", "campaign": "spring", "company": {"name": f"上海启明{n}科技有限公司", "province": "上海市"}, "tags": ["vip"],
        "contact": {"name": "张三", "phones": [f"138{n:08d}"]}, "requirement": "CRM"})["id"]
    for n in range(5)
]
channel = call("GET", "/api/v1/channels")["items"][0]["id"]
words = {"zh-CN": "申请试用"}
form = call("POST", "/api/v1/forms", {
    "name": "Trial", "slug": "trial", "channelId": channel, "open": True,
    "design": {"title": words, "fields": [{"path": "contact.phones", "required": True, "label": words}]}})
hook = call("POST", "/api/v1/hooks", {"name": "Hook", "channelId": channel, "open": True, "mapping": {"contact.phones": "$.p", "contact.name": "$.n"}})
link = call("POST", "/api/v1/links", {"name": "Link", "target": "/f/trial", "channelId": channel})[0]
# An event that is on: before that its page answers nothing.
today = datetime.date.today()
event = {"code": "expo-1", "name": "Expo", "type": "expo", "startsOn": f"{today}", "endsOn": f"{today + datetime.timedelta(days=3)}", "targets": {"leads": 10}}
campaign = "/api/v1/campaigns/" + call("POST", "/api/v1/campaigns", event)["campaign"]["id"]
call("POST", f"{campaign}/costs", {"category": "venue", "planned": 100})
call("POST", f"{campaign}/stage", {"stage": "charter"})
call("POST", f"{campaign}/decision", {"approve": True, "note": "go"}, os.environ["GRANARY_OTHER_KEY"])
call("POST", f"{campaign}/stage", {"stage": "run"})
pool = next(p["id"] for p in call("GET", "/api/v1/pools")["items"] if p["key"] == "general")
me = call("GET", "/api/v1/me")["id"]

samples = {
    "limit": "5", "after": "eyJhIjoxfQ", "sort": "-receivedAt", "q": "spring", "company": "上海启明", "phone": "13800000001", "email": "a@example.com",
    "from": "2026-01-01", "to": "2026-12-31", "dueBefore": "2026-12-31T00:00:00Z", "year": "2026", "kind": "scoring", "documentName": "v1",
}


def sample(name, schema):
    kinds = schema.get("type")
    if name in samples:
        return samples[name]
    if schema.get("format") == "uuid":
        return me
    if schema.get("format") in ("date", "date-time"):
        return "2026-11-02" if schema["format"] == "date" else "2026-11-02T00:00:00Z"
    if kinds and "boolean" in kinds:
        return "true"
    return "1" if kinds and "integer" in kinds else "x"


def line(*arguments):
    print(" ".join(shlex.quote(a) for a in arguments))


def path_of(template, parameters, mark):
    def fill(match):
        name = match.group(1)
        if name == "id":
            return pool if "/pools/" in template else leads[0]
        schema = next((p["schema"] for p in parameters if p["name"] == name and p["in"] == "path"), {})
        text = schema.get("format") not in ("uuid", "date") and schema.get("type") == "string"
        return sample(name, schema) + ("*" if mark and text else "")
    return re.sub(r"{(\w+)}", fill, template)


for template, operations in call("GET", "/openapi/v1.json")["paths"].items():
    if "get" not in operations:
        continue
    parameters = operations["get"].get("parameters", [])
    query = {p["name"]: sample(p["name"], p["schema"]) for p in parameters if p["in"] == "query"}
    if "after" in query and "{" not in template:
        # A true cursor, so that what follows it is reached as well.
        query["after"] = call("GET", f"{template}?limit=1").get("next") or query["after"]
    if query:
        line("-u", f"{address}{path_of(template, parameters, False)}?{urllib.parse.urlencode(query)}", "-H", bearer)
    if "*" in path_of(template, parameters, True):
        line("-u", address + path_of(template, parameters, True), "-H", bearer)

# Filters that are read from the query string as a whole, in two lots.
filters = {
    "owner": me, "pool": "general", "status": "pending", "priority": "high", "cell": "B1", "channel": "官网", "campaign": "spring", "tag": "vip", "finding": "test",
    "province": "上海市", "import": me, "receivedFrom": "2026-01-01", "receivedTo": "2026-12-31",
}
for lot in (list(filters.items())[:7], list(filters.items())[7:]):
    line("-u", f"{address}/api/v1/leads?{urllib.parse.urlencode(lot)}", "-H", bearer)
line("-u", f"{address}/api/v1/pools/{pool}/leads?{urllib.parse.urlencode({k: filters[k] for k in ('channel', 'campaign', 'tag', 'province')})}", "-H", bearer)

# What needs no sign-in.
line("-u", f"{address}/f/trial*?lang=en")
line("-u", f"{address}/f/trial", "--data", "contact.phones=13900000009&lang=en&ticket=x&website=")
line("-u", f"{address}/hooks/{hook['token']}", "--data", '{"p":"13900000008","n":"x"}', "-H", "Content-Type: application/json", "-p", "p,n")
line("-u", f"{address}/hooks/token*", "--data", "{}", "-H", "Content-Type: application/json", "--skip-urlencode")
line("-u", f"{address}/language?to=en&back=/leads")
line("-u", f"{address}/sign-in", "--data", "_handler=sign-in&Input.Email=admin%40example.com&Input.Password=x&__RequestVerificationToken=x", "-p", "Input.Email",
     "--csrf-token=__RequestVerificationToken", f"--csrf-url={address}/sign-in", "--threads=1")
line("-u", f"{address}/api/v1/me", "-H", f"Authorization: Bearer {key[:-1]}*")
touch = {"visitor": "7b1c1a52-3f0e-4a8e-9d43-0c8f6f2b9a11", "kind": "pageVisited", "url": "https://example.com/a?utm_source=b", "detail": "d", "channel": "官网", "link": link["code"], "consent": True}
line("-u", f"{address}/collect", "--data", json.dumps(touch, ensure_ascii=False), "-H", "Content-Type: application/json", "-p", "visitor,kind,url,detail,channel,link")
line("-u", f"{address}/collect.gif?{urllib.parse.urlencode({'v': touch['visitor'], 'u': touch['url'], 'l': link['code'], 'c': '1', 'm': 'x'})}")
line("-u", f"{address}/t/{link['code']}*")
line("-u", f"{address}/c/{event['code']}*?lang=en&by={me}")
line("-u", f"{address}/c/{event['code']}", "--data", f"name=a&phone=13900000007&company=b&title=c&by={me}&consent=true&lang=en&ticket=x&website=")
