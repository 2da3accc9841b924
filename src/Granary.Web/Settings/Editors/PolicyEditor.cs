using Granary.Application.People;
using Granary.Application.Policies;
using Granary.Application.Settings;
using Granary.Application.Storage;
using Granary.Domain.Policies;
using Granary.Web.Components.Ui;
using Granary.Web.Localisation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Granary.Web.Settings.Editors;

/// <summary>The editor of one kind of policy: shows the draft or the version in force, and saves what is posted as the draft.</summary>
/// <typeparam name="TForm">What it posts.</typeparam>
/// <typeparam name="TPolicy">The policy's record.</typeparam>
public abstract class PolicyEditor<TForm, TPolicy> : ComponentBase
    where TForm : PolicyForm
{
    /// <summary>The versions of this kind.</summary>
    [Parameter, EditorRequired]
    public PolicyHistory History { get; set; } = default!;

    /// <summary>Which kind.</summary>
    [Parameter, EditorRequired]
    public PolicyKind Kind { get; set; } = default!;

    /// <summary>What was posted, else what is stored.</summary>
    [SupplyParameterFromForm(FormName = "policy")]
    public TForm? Input { get; set; }

    [Inject]
    protected PolicyWords Say { get; set; } = default!;

    [Inject]
    protected FieldErrorText Words { get; set; } = default!;

    [Inject]
    protected IStringLocalizer<RuleTexts> T { get; set; } = default!;

    [Inject]
    protected Viewer Viewer { get; set; } = default!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private SavePolicy Save { get; set; } = default!;

    [Inject]
    private NavigationManager Nav { get; set; } = default!;

    /// <summary>What is wrong with what was posted.</summary>
    protected IReadOnlyList<FieldError> Errors { get; private set; } = [];

    /// <summary>The row that the last command was about; it stays open.</summary>
    protected int? Touched { get; set; }

    /// <summary>The form that is shown.</summary>
    protected TForm Form => Input!;

    /// <summary>The policy that is stored.</summary>
    protected TPolicy Stored => Json.Read<TPolicy>(History.Latest.Body);

    /// <inheritdoc />
    protected override void OnInitialized() => Input ??= Of(Stored);

    /// <summary>The form of a policy.</summary>
    protected abstract TForm Of(TPolicy policy);

    /// <summary>What the form says, and which words cannot be understood.</summary>
    protected abstract (TPolicy Policy, IReadOnlyList<FieldError> Errors) Read(TForm form);

    /// <summary>Adds, removes or moves a row.</summary>
    protected virtual void Edit(TForm form, RowCommand command)
    {
    }

    /// <summary>Tries the policy with the lead that the form names.</summary>
    protected virtual Task Try(TPolicy policy) => Task.CompletedTask;

    /// <summary>The words of the error of a field.</summary>
    protected string? Error(string path) =>
        (Errors.FirstOrDefault(e => e.Field == path) ?? Errors.FirstOrDefault(e => e.Field.StartsWith(path + "[", StringComparison.Ordinal))) is { } error ? Words.Of(error) : null;

    /// <summary>Whether something within a part is wrong.</summary>
    protected bool Wrong(string path) => Errors.Any(e => e.Field.StartsWith(path, StringComparison.Ordinal));

    /// <summary>Takes what was posted.</summary>
    protected async Task Submit()
    {
        if (RowCommand.Read(Form.Do) is { } command)
        {
            Edit(Form, command);
            return;
        }

        var (policy, unread) = Read(Form);
        Errors = unread.Count > 0 ? unread : await Save.Check(Kind, Json.Write(policy));
        if (Errors.Count > 0)
        {
            return;
        }

        if (Form.Do == "try")
        {
            await Try(policy);
            return;
        }

        await Save.Draft(Viewer.UserId, Kind, Json.Write(policy));
        Toasts.Leave(Http, Tone.Ok, T["draft.saved"]);
        Nav.NavigateTo(SettingsUrls.Policy(Kind.Name));
    }
}
