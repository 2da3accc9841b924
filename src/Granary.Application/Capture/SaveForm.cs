using System.Text.RegularExpressions;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Microsoft.EntityFrameworkCore;

namespace Granary.Application.Capture;

/// <summary>What somebody says about a form.</summary>
/// <param name="Name">Name for those who manage it, 1 to 100 characters.</param>
/// <param name="Slug">The last part of its address: 2 to 60 of a–z, 0–9 and <c>-</c>.</param>
/// <param name="ChannelId">Channel of its leads.</param>
/// <param name="Open">Whether it takes submissions.</param>
/// <param name="Design">What it asks and says.</param>
public sealed record FormInput(string Name, string Slug, Guid ChannelId, bool Open, FormDesign Design);

/// <summary>Adds and changes forms (§3 Forms). A form that has brought leads is closed, never removed.</summary>
public sealed partial class SaveForm(Store store, SettingCache settings, RedirectHosts redirects, TimeProvider time)
{
    /// <summary>Adds a form.</summary>
    public Task<SettingResult> Create(Guid actor, FormInput input, CancellationToken ct = default) => Write(actor, null, input, ct);

    /// <summary>Changes a form.</summary>
    public Task<SettingResult> Change(Guid actor, Guid id, FormInput input, CancellationToken ct = default) => Write(actor, id, input, ct);

    private async Task<SettingResult> Write(Guid actor, Guid? id, FormInput input, CancellationToken ct)
    {
        input = input with { Name = input.Name.Trim(), Slug = input.Slug.Trim() };
        List<FieldError> errors = [.. Errors(input, await settings.Get(ct)), .. input.Design.Validate(redirects)];
        if (errors.Count > 0)
        {
            return new SettingResult.Refused(errors);
        }

        return await store.Write<SettingResult>(
            async scope =>
            {
                var db = scope.Db;
                var form = id is null
                    ? new Form { Id = time.NewId(), Slug = "", Name = "", Design = "", CreatedAt = time.Now }
                    : await db.Set<Form>().SingleOrDefaultAsync(f => f.Id == id, ct);
                if (form is null)
                {
                    return new SettingResult.Missing();
                }

                if (await db.Set<Form>().AnyAsync(f => f.Slug == input.Slug && f.Id != form.Id, ct))
                {
                    return new SettingResult.Refused("slug", "duplicate");
                }

                (form.Name, form.Slug, form.ChannelId, form.Open, form.Design) = (input.Name, input.Slug, input.ChannelId, input.Open, Json.Write(input.Design));
                if (id is null)
                {
                    db.Add(form);
                }

                db.Add(time.Event(actor, form.Id, id is null ? "form.created" : "form.changed", input));
                await db.SaveChangesAsync(ct);
                return new SettingResult.Done(form.Id);
            },
            ct);
    }

    private static IEnumerable<FieldError> Errors(FormInput input, Setting setting)
    {
        if (input.Name.Length is 0 or > 100)
        {
            yield return new FieldError("name", input.Name.Length == 0 ? "required" : "too_long", "100");
        }

        if (!Slug().IsMatch(input.Slug))
        {
            yield return new FieldError("slug", input.Slug.Length == 0 ? "required" : "invalid_format");
        }

        if (setting.Channels.All.All(c => c.Id != input.ChannelId))
        {
            yield return new FieldError("channelId", "unknown");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,58}[a-z0-9]$")]
    private static partial Regex Slug();
}
