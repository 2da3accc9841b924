using Granary.Application.Opportunities.Partners;
using Granary.Application.People;
using Granary.Application.Qualification;
using Granary.Domain.People;
using Granary.Web.Components;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Granary.Web.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Opportunities.Partners;

/// <summary>Forms that do a verb on a registration; each leads back to its page, which says what became of it.</summary>
internal static class PartnerForms
{
    public static void MapPartnerForms(this IEndpointRouteBuilder app)
    {
        var one = app.MapGroup("/partners/registrations/{id:guid}");
        one.MapPost("/decision", Decide).Require(Permission.DecideOpportunities);
        one.MapPost("/withdrawal", Withdraw).Require(Permission.EditOpportunities);
        one.MapPost("/opportunity", Link).Require(Permission.EditOpportunities);
    }

    private static async Task<RedirectHttpResult> Decide(Guid id, IFormCollection form, RegisterDeal register, PartnerSaying say, Viewer viewer, CancellationToken ct)
    {
        var (accepted, reason) = (PostedForm.Checked(form, "accept"), PostedForm.Text(form, "reason"));
        return say.Of(accepted ? await register.Accept(viewer, id, reason, ct) : await register.Refuse(viewer, id, reason, ct), accepted ? "done.accepted" : "done.refused", id);
    }

    private static async Task<RedirectHttpResult> Withdraw(Guid id, IFormCollection form, RegisterDeal register, PartnerSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await register.Withdraw(viewer, id, ct), "done.withdrawn", id);

    private static async Task<RedirectHttpResult> Link(Guid id, IFormCollection form, RegisterDeal register, PartnerSaying say, Viewer viewer, CancellationToken ct) =>
        say.Of(await register.Link(viewer, id, Guid.TryParse(form["opportunity"], out var opportunity) ? opportunity : Guid.Empty, ct), "done.linked", id);
}

/// <summary>Leads back and says what became of a verb on a registration.</summary>
internal sealed class PartnerSaying(IHttpContextAccessor http, IStringLocalizer<PartnerTexts> texts, PartnerWords words, FieldErrorText fields)
{
    public RedirectHttpResult Of(AccountResult<PartnerRegistration> result, string done, Guid id) => result switch
    {
        AccountResult<PartnerRegistration>.Done => Say(Tone.Ok, texts[done], PartnerUrls.Registration(id)),
        AccountResult<PartnerRegistration>.Refused(var code) => Say(Tone.Danger, words.Refusal(code), PartnerUrls.Registration(id)),
        AccountResult<PartnerRegistration>.Invalid([var error, ..]) => Say(Tone.Danger, fields.Of(error), PartnerUrls.Registration(id)),
        _ => Say(Tone.Danger, words.Refusal("not_found"), PartnerUrls.Registrations()),
    };

    private RedirectHttpResult Say(Tone tone, string said, string back)
    {
        Toasts.Leave(http.HttpContext!, tone, said);
        return TypedResults.LocalRedirect(Preferences.Local(back));
    }
}
