using System.Net;
using Granary.Testing;
using Office = Granary.Web.Tests.Testing.Office;

namespace Granary.Web.Tests.Review;

public sealed class ReviewPagesTests
{
    [Theory, OnBothDatabases]
    public async Task Pages_of_review_speak_both_languages_and_their_forms_do_what_they_say(DatabaseKind kind)
    {
        await using var office = await Office.Open(kind);
        var (members, chair) = await ReviewsApiTests.Committee(office);
        var (zhang, sales) = await office.Hire("Zhang");
        var lead = await ReviewsApiTests.LeadOf(office, zhang);
        using var browser = office.Browse();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.SignIn(Office.AdminMail, Office.Password)).Status);

        async Task Post(string verb, params (string Name, string Value)[] fields)
        {
            var answer = await browser.Post($"/leads/{lead}/review/{verb}", (await browser.Open($"/leads/{lead}/review")).Token, fields);
            Assert.Equal($"/leads/{lead}/review", answer.To);
        }

        browser.Speak("zh-CN");
        Assert.Contains("这条线索要先通过评审", (await browser.Open($"/leads/{lead}")).Text, StringComparison.Ordinal);
        Assert.Contains("申请评审", (await browser.Open($"/leads/{lead}/review")).Text, StringComparison.Ordinal);
        await Post("submission", ("summary", "三期产线改造"));
        Assert.Contains("三期产线改造", (await browser.Open($"/leads/{lead}/review")).Text, StringComparison.Ordinal);
        await Post("completeness", ("complete", "true"));
        foreach (var client in new[] { chair, members[1] })
        {
            await Office.Post(client, $"/api/v1/leads/{lead}/review/opinions", new { verdict = "approve", reason = "可行", elements = new { amount = 3_000_000, ownShare = 0.8, customer = "strategic" } });
        }

        await Office.Post(sales, $"/api/v1/leads/{lead}/pain-chain", new { pains = new[] { new { id = "p1", role = "财务", text = "回款慢" } } });
        await Office.Post(sales, $"/api/v1/leads/{lead}/interest", new { items = new[] { new { kind = "technology", text = "数字孪生" } } });
        await Office.Post(chair, $"/api/v1/leads/{lead}/review/status", new { outcome = "confirm" });
        string[] keys = ["pains_found", "review_approved", "reviewState.", "lookOutcome.", "stepState.", "permission.", "kind.review", "interestKind."];
        foreach (var (language, words) in new[]
        {
            ("zh-CN", new[] { "线索一览表", "通过，孵化中", "痛点识别", "评审通过", "里程碑跟踪表", "委员意见", "线索转化率", "评审的业务线", "激发兴趣", "过半数委员决定：同意（3 位委员中 2 位）" }),
            ("en", ["Register", "Passed, incubating", "Pains found", "Review passed", "Milestone sheet", "Opinions", "Conversion", "Reviewed business lines", "Raising interest", "Decided by the majority of the members: Approve (2 of 3 members)"]),
        })
        {
            browser.Speak(language);
            var text = "";
            foreach (var address in new[]
            {
                "/reviews?turn=all", "/reviews", "/reviews?turn=own", "/reviews/figures", "/reviews/figures?by=month&basis=activity", $"/leads/{lead}", $"/leads/{lead}/review", $"/leads/{lead}/review/form",
                $"/leads/{lead}/review/milestones", $"/leads/{lead}/review/plan", $"/leads/{lead}/papers/painChain", $"/leads/{lead}/papers/interest", $"/leads/{lead}/papers/decisionChain", $"/leads/{lead}/papers/vision",
                "/settings/policies/review", "/settings/roles/review_committee",
            })
            {
                var page = await browser.Open(address);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                text += page.Text;
            }

            Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
            Assert.All(keys, key => Assert.DoesNotContain($">{key}", text, StringComparison.Ordinal));
        }
    }
}
