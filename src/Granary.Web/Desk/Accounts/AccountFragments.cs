using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Application.Qualification.Merging;
using Granary.Application.Qualification.Pools;
using Granary.Domain.People;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Granary.Web.Qualification;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Desk.Accounts;

/// <summary>Parts of the pages of accounts that scripts ask for.</summary>
internal static class AccountFragments
{
    private const int Offered = 12;

    public static void MapAccountFragments(this IEndpointRouteBuilder app)
    {
        app.MapGet(AccountUrls.Options, Options).Require(Permission.ManageAccounts);
        app.MapPost("/accounts/{id:guid}/claim", Claim).Require(Permission.ManageAccounts);
        app.MapPost("/accounts/{id:guid}/return", Return).Require(Permission.ManageAccounts);
        app.MapPost("/accounts/{id:guid}/merges/{merge:guid}/undo", Unmerge).Require(Permission.ManageAccounts);
    }

    private static async Task<RedirectHttpResult> Claim(
        Guid id, IFormCollection form, MoveAccount move, VerbAnswer answer, FieldErrorText fields, IStringLocalizer<QualificationTexts> texts, Viewer viewer, CancellationToken ct)
    {
        var result = await move.Claim(viewer, id, ct: ct);
        return Moved(result, answer, fields, texts, "done.account.claimed", result is AccountResult<Account>.Done ? AccountUrls.Account(id) : AccountUrls.Pools());
    }

    private static async Task<RedirectHttpResult> Return(
        Guid id, IFormCollection form, MoveAccount move, VerbAnswer answer, FieldErrorText fields, IStringLocalizer<QualificationTexts> texts, Viewer viewer, CancellationToken ct)
    {
        var result = await move.Return(viewer, id, form["pool"], form["reason"], ct: ct);
        return Moved(result, answer, fields, texts, "done.account.pooled", result is AccountResult<Account>.Done ? AccountUrls.List() : AccountUrls.Account(id));
    }

    private static RedirectHttpResult Moved(AccountResult<Account> result, VerbAnswer answer, FieldErrorText fields, IStringLocalizer<QualificationTexts> texts, string done, string back) => result switch
    {
        AccountResult<Account>.Done => answer.Say(Tone.Ok, texts[done], back),
        AccountResult<Account>.Refused(var code) => answer.Say(Tone.Danger, texts[$"refused.{code}"], back),
        AccountResult<Account>.Invalid([var error, ..]) => answer.Say(Tone.Danger, fields.Of(error), back),
        _ => answer.Say(Tone.Danger, texts["refused.not_found"], AccountUrls.List()),
    };

    private static async Task<RedirectHttpResult> Unmerge(
        Guid id, Guid merge, IFormCollection form, MergeAccounts accounts, VerbAnswer answer, Viewer viewer, IStringLocalizer<DeskTexts> texts, CancellationToken ct) => await accounts.Undo(viewer, id, merge, ct) switch
        {
            AccountResult<RecordMerge>.Done => answer.Say(Tone.Ok, texts["done.unmerged"], AccountUrls.Account(id)),
            AccountResult<RecordMerge>.Refused(var code) => answer.Refuse($"refused.{code}", AccountUrls.Account(id)),
            _ => answer.Refuse("refused.not_found", AccountUrls.List()),
        };

    private static async Task<RazorComponentResult> Options(string? q, ListAccounts list, AccountWords words, Viewer viewer, CancellationToken ct)
    {
        var filter = new AccountFilter { Q = string.IsNullOrWhiteSpace(q) ? null : q.Trim() };
        var (found, _) = await list.Read(viewer, filter, take: Offered, ct: ct);
        IReadOnlyList<Choice> choices = [.. found.Select(f => new Choice(f.Account.Id.ToString(), f.Account.Name, words.Person(f.Account.OwnerId)))];
        return new(typeof(ComboboxOptions), new { Choices = choices });
    }
}
