using System.Globalization;
using Granary.Application.Integration;
using Granary.Application.People;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;

namespace Granary.Web.People;

/// <summary>Forms by which somebody chooses how they are told, and tries it.</summary>
internal static class NoticeChannelForms
{
    public static void MapNoticeChannels(this IEndpointRouteBuilder app)
    {
        app.MapPost(PeopleUrls.SaveChannels, Save).ExcludeFromDescription();
        app.MapPost(PeopleUrls.TestChannel, Test).ExcludeFromDescription();
    }

    private static async Task<RedirectHttpResult> Save(
        HttpContext http, IFormCollection form, NoticeChannels channels, Viewer viewer, IStringLocalizer<NoticeTexts> texts, CancellationToken ct)
    {
        var errors = await channels.Choose(viewer.UserId, Kinds(form["mail"]), Kinds(form["webhook"]), form["address"], form["forget"] == "true", CultureInfo.CurrentUICulture.Name, ct);
        return Say(http, errors is [var error, ..] ? (Tone.Danger, texts[$"error.{error.Code}"]) : (Tone.Ok, texts["channels.saved"]));
    }

    private static async Task<RedirectHttpResult> Test(
        HttpContext http, [FromForm] string? channel, NoticeChannels channels, MailSender mail, Viewer viewer, Setting setting,
        IStringLocalizer<NoticeTexts> texts, TimeProvider time, CancellationToken ct)
    {
        string words = texts["message.test"];
        var error = channel == "mail"
            ? await mail.Send(setting.People[viewer.UserId].Email, texts["message.subject", words], words, ct)
            : await channels.Try(viewer.UserId, new WebhookMessage("test", words, null, null, null, time.Now), ct);
        return Say(http, error is null ? (Tone.Ok, texts["channels.tested"]) : (Tone.Danger, texts["channels.failed", texts[$"error.{error}"].Value]));
    }

    private static NoticeKind[] Kinds(StringValues names) => [.. Enum.GetValues<NoticeKind>().Where(k => names.Contains(WireName.Of(k)))];

    private static RedirectHttpResult Say(HttpContext http, (Tone Tone, string Words) said)
    {
        Toasts.Leave(http, said.Tone, said.Words);
        return TypedResults.LocalRedirect(PeopleUrls.NoticeChannels);
    }
}
