using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Granary.Bench;

/// <summary>Load from outside the process: wrk with a body of its own for each request.</summary>
internal static partial class Load
{
    private const string Script = """
        local n, base = 0, 0
        function setup(thread) counter = (counter or 0) + 1; thread:set("id", counter) end
        function init(args) math.randomseed(os.time() * 7 + id); base = math.random(0, 89999999) end
        local names = {"启明","恒达","金石","博远","宏图","海川","智云","天工","泰和","星辰","鼎新","华信"}
        local trades = {"科技","医疗器械","电子","信息技术","软件","新能源","机械","物流"}
        local cities = {"北京","上海","深圳","杭州","成都","武汉","南京","苏州"}
        local roles = {"decisionMaker","influencer","user"}
        local sizes = {"large","medium","small"}
        function request()
          n = n + 1
          local phone = 10000000 + (base + n * 7919 + id * 31) % 89999999
          local body = string.format('{"channel":"官网/百度搜索","utm":{"source":"baidu","medium":"cpc"},"company":{"name":"%s%s%s%s有限公司","industry":"软件","size":"%s","headcount":600},"contact":{"name":"张三","title":"采购经理","role":"%s","phones":["1%d%08d"],"emails":[]},"requirement":"采购 CRM，预算 50 万，三个月内上线","products":["CRM"],"budget":{"min":400000,"max":500000,"match":"full"}}',
            cities[math.floor((base + n) / 1152) % 8 + 1], names[(base + n) % 12 + 1], names[math.floor((base + n) / 12) % 12 + 1], trades[math.floor((base + n) / 144) % 8 + 1], sizes[n % 3 + 1], roles[n % 3 + 1], ({38,39,58,86})[n % 4 + 1], phone)
          return wrk.format("POST", path, headers, body)
        end
        """;

    /// <summary>Answers per second, and how many of them were not 2xx.</summary>
    public static async Task<(double PerSecond, long Bad)> Run(Uri address, string path, string key, int connections, int seconds)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $"path = \"{path}\"\nheaders = {{[\"Content-Type\"]=\"application/json\", [\"Authorization\"]=\"Bearer {key}\"}}\n{Script}");
        try
        {
            using var wrk = Process.Start(new ProcessStartInfo("wrk", ["-t2", $"-c{connections}", $"-d{seconds}s", "-s", file, address.ToString()]) { RedirectStandardOutput = true })!;
            var output = await wrk.StandardOutput.ReadToEndAsync();
            await wrk.WaitForExitAsync();
            return (Number(Rate(), output), (long)Number(Errors(), output));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Number(Regex pattern, string output) =>
        pattern.Match(output) is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)")]
    private static partial Regex Errors();
}
